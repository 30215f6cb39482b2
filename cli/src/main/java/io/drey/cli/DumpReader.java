package io.drey.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link DumpFormat} to its end and refuses what is not one, naming the line. Not
 * thread-safe.
 */
final class DumpReader {
  /** Takes the records of a dump, in order. */
  interface Sink {
    /** {@code inputBytes} of the input have been read so far. */
    void record(byte[] key, byte[] value, long inputBytes);
  }

  private final Sink sink;
  private final CRC32C crc = new CRC32C();
  private long line;
  private long records;
  private byte @Nullable [] lastKey;
  private boolean ended;

  private DumpReader(Sink sink) {
    this.sink = sink;
  }

  /**
   * Reads all of {@code input} and returns the number of records. A record reaches {@code sink}
   * when its own line is sound; whether the dump is whole is known when this returns.
   */
  static long read(InputStream input, Sink sink) throws IOException, InterruptedException {
    DumpReader reader = new DumpReader(sink);
    try (LineFeed feed = LineFeed.of(input)) {
      for (LineFeed.Block block = feed.next(); block != null; block = feed.next()) {
        reader.block(block);
        feed.recycle(block);
      }
    }
    if (!reader.ended) {
      reader.line++;
      throw reader.refusal("the dump ends here, without its last line");
    }
    return reader.records;
  }

  private void block(LineFeed.Block block) {
    int start = 0;
    while (start < block.length) {
      int end = start;
      while (end < block.length && block.bytes[end] != '\n') {
        end++;
      }
      line++;
      if (end == block.length) {
        throw refusal("the line is cut off");
      }
      line(block, start, end);
      start = end + 1;
    }
  }

  private void line(LineFeed.Block block, int start, int end) {
    if (line == 1) {
      header(ByteText.of(block.bytes, start, end - start));
      crc.update(block.bytes, start, end + 1 - start);
      return;
    }
    if (ended) {
      throw refusal("there is something behind the last line");
    }
    int firstTab = indexOf(block.bytes, '\t', start, end);
    int secondTab = indexOf(block.bytes, '\t', firstTab + 1, end);
    if (firstTab == end || secondTab == end) {
      throw refusal("this is not a record");
    }
    crc.update(block.bytes, start, secondTab + 1 - start);
    String sum = ByteText.of(block.bytes, secondTab + 1, end - secondTab - 1);
    if (!sum.equals(DumpFormat.sum(crc))) {
      throw refusal("the checksum is wrong: this line or those just before it were altered");
    }
    crc.update(block.bytes, secondTab + 1, end - secondTab);
    String key = ByteText.of(block.bytes, start, firstTab - start);
    byte[] value = Arrays.copyOfRange(block.bytes, firstTab + 1, secondTab);
    if (key.equals(DumpFormat.END)) {
      end(ByteText.of(value));
    } else {
      record(key, value, block.inputBytes);
    }
  }

  private void header(String text) {
    if (text.equals(DumpFormat.HEADER)) {
      return;
    }
    if (text.startsWith(DumpFormat.HEADER_NAME)) {
      throw refusal("the dump has a version that this drey does not know");
    }
    throw refusal("this is not a dump: it does not start with '" + DumpFormat.HEADER + "'");
  }

  private void record(String escapedKey, byte[] base64, long inputBytes) {
    byte[] key;
    byte[] value;
    try {
      key = ByteText.unescape(escapedKey);
      value = Base64.getDecoder().decode(base64);
    } catch (CommandFailure | IllegalArgumentException e) {
      throw refusal("this is not a record");
    }
    if (lastKey != null && Arrays.compareUnsigned(lastKey, key) >= 0) {
      throw refusal("the key is not greater than the one before");
    }
    lastKey = key;
    records++;
    sink.record(key, value, inputBytes);
  }

  private void end(String count) {
    if (!count.equals(Long.toString(records))) {
      throw refusal("the last line counts " + count + " records, there are " + records);
    }
    ended = true;
  }

  private CommandFailure refusal(String what) {
    return new CommandFailure(ExitCode.FOUND, "the dump is refused at line " + line + ": " + what);
  }

  private static int indexOf(byte[] bytes, char wanted, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != wanted) {
      at++;
    }
    return Math.min(at, to);
  }
}
