package io.drey.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of whole lines, read ahead and decompressed by a thread of its own.
 *
 * <p>One thread takes blocks with {@link #next} and gives them back with {@link #recycle}; any
 * thread may {@link #stop} the feed. gzip is recognised by its first two bytes.
 */
final class LineFeed implements AutoCloseable {
  /** The longest line, its end included, is one byte shorter. */
  static final int BLOCK_BYTES = 1 << 20;

  private static final int BLOCKS = 4;
  private static final int STREAM_BUFFER_BYTES = 1 << 16;
  private static final int GZIP_MAGIC_0 = 0x1f;
  private static final int GZIP_MAGIC_1 = 0x8b;

  /** Whole lines: every one ends in a line feed but perhaps the last of the input. */
  static final class Block {
    final byte[] bytes = new byte[BLOCK_BYTES];
    int length;

    /** How far the input, before decompression, had been read when this block was full. */
    long inputBytes;

    private @Nullable IOException failure;
  }

  private final Block end = new Block();
  private final BlockingQueue<Block> free = new ArrayBlockingQueue<>(BLOCKS);
  private final BlockingQueue<Block> full = new ArrayBlockingQueue<>(BLOCKS + 1);
  private final CountedStream counted;
  private final Thread reader;
  private volatile boolean stopped;

  private LineFeed(InputStream input) {
    this.counted = new CountedStream(input);
    for (int i = 0; i < BLOCKS; i++) {
      free.add(new Block());
    }
    this.reader = Thread.ofPlatform().name("drey-lines").daemon().unstarted(this::read);
  }

  /** Reads {@code input} to its end; the caller closes it. */
  static LineFeed of(InputStream input) {
    LineFeed feed = new LineFeed(input);
    feed.reader.start();
    return feed;
  }

  /** The next lines; null = the input has ended or the feed was stopped. Waits. */
  @Nullable Block next() throws IOException, InterruptedException {
    if (stopped) {
      return null;
    }
    Block block = full.take();
    if (block != end) {
      return block;
    }
    if (end.failure != null && !stopped) {
      throw end.failure;
    }
    return null;
  }

  void recycle(Block block) {
    free.add(block);
  }

  /** From now on {@link #next} answers null, also where it waits. */
  void stop() {
    stopped = true;
    full.offer(end);
  }

  @Override
  public void close() {
    stop();
    reader.interrupt();
  }

  private void read() {
    try {
      InputStream input = decompressed(counted);
      Block block = free.take();
      while (true) {
        boolean more = fill(input, block);
        int lines = more ? endOfLastLine(block) : block.length;
        Block next = more ? free.take() : end;
        if (more) {
          next.length = block.length - lines;
          System.arraycopy(block.bytes, lines, next.bytes, 0, next.length);
        }
        block.length = lines;
        block.inputBytes = counted.bytes();
        full.put(block);
        if (!more) {
          full.put(end);
          return;
        }
        block = next;
      }
    } catch (IOException e) {
      end.failure = e;
      full.offer(end);
    } catch (InterruptedException e) {
      full.offer(end);
    }
  }

  private static boolean fill(InputStream input, Block block) throws IOException {
    while (block.length < BLOCK_BYTES) {
      int read = input.read(block.bytes, block.length, BLOCK_BYTES - block.length);
      if (read < 0) {
        return false;
      }
      block.length += read;
    }
    return true;
  }

  private static int endOfLastLine(Block block) throws IOException {
    int end = block.length;
    while (end > 0 && block.bytes[end - 1] != '\n') {
      end--;
    }
    if (end == 0) {
      throw new IOException("a line is longer than " + (BLOCK_BYTES - 1) + " bytes");
    }
    return end;
  }

  private static InputStream decompressed(InputStream input) throws IOException {
    PushbackInputStream pushback = new PushbackInputStream(input, 2);
    byte[] magic = new byte[2];
    int read = pushback.readNBytes(magic, 0, 2);
    pushback.unread(magic, 0, read);
    boolean gzip =
        read == 2 && (magic[0] & 0xff) == GZIP_MAGIC_0 && (magic[1] & 0xff) == GZIP_MAGIC_1;
    return gzip ? new GZIPInputStream(pushback, STREAM_BUFFER_BYTES) : pushback;
  }

  /** Counts what has been read; one thread reads, any thread asks. */
  private static final class CountedStream extends InputStream {
    private final InputStream input;
    private volatile long bytes;

    CountedStream(InputStream input) {
      this.input = input;
    }

    long bytes() {
      return bytes;
    }

    /** WHY: how a gzip stream finds out whether another member follows. */
    @Override
    public int available() throws IOException {
      return input.available();
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = input.read(target, offset, length);
      if (read > 0) {
        long sum = bytes + read;
        bytes = sum;
      }
      return read;
    }
  }
}
