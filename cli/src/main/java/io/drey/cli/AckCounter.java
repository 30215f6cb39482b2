package io.drey.cli;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that says how many records the store has acknowledged: 8 bytes, a little-endian count.
 *
 * <p>The file is mapped, so a count is there for others to read once {@link #acknowledge} has
 * returned, and stays when this process is killed. It says nothing after a power cut. One thread
 * writes.
 */
final class AckCounter {
  private static final ValueLayout.OfLong COUNT =
      ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle COUNTER = COUNT.varHandle();

  private final MemorySegment mapped;

  private AckCounter(MemorySegment mapped) {
    this.mapped = mapped;
  }

  /** Makes the file, or sets it back to 0, before it returns. */
  static AckCounter start(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      channel.write(ByteBuffer.allocate(Long.BYTES), 0);
      return new AckCounter(
          channel.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES, Arena.ofAuto()));
    }
  }

  /** The count in a file that {@link #start} made; a missing or empty file counts 0. */
  static long read(Path file) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return 0;
    }
    if (bytes.length == 0) {
      return 0;
    }
    if (bytes.length != Long.BYTES) {
      throw new IOException("a file of acknowledgements has 8 bytes, this one " + bytes.length);
    }
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  /** ORDER: after the store's call has returned, before the next one is made. */
  void acknowledge(long count) {
    COUNTER.setVolatile(mapped, 0L, count);
  }
}
