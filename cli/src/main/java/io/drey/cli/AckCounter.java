package io.drey.cli;

import io.drey.vfs.Caching;
import io.drey.vfs.MappedRegion;
import io.drey.vfs.OpenMode;
import io.drey.vfs.StorageFile;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file that says how many records the store has acknowledged: 8 bytes, a little-endian count.
 *
 * <p>The file is mapped, so a count is there for others to read once {@link #acknowledge} has
 * returned, and stays when this process is killed. It says nothing after a power cut. One thread
 * writes.
 */
final class AckCounter implements AutoCloseable {
  private static final VarHandle COUNT =
      ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();

  private final StorageFile file;
  private final MappedRegion region;
  private final MemorySegment mapped;

  private AckCounter(StorageFile file, MappedRegion region) {
    this.file = file;
    this.region = region;
    this.mapped = region.segment();
  }

  /** Makes the file, or sets it back to 0, before it returns. */
  static AckCounter start(Path path) throws IOException {
    Vfs vfs = Vfs.disk();
    OpenMode mode = vfs.exists(path) ? OpenMode.WRITE : OpenMode.CREATE_NEW;
    StorageFile file = vfs.open(path, mode, Caching.BUFFERED);
    try {
      file.write(0, MemorySegment.ofArray(new byte[Long.BYTES]));
      file.truncate(Long.BYTES);
      return new AckCounter(file, file.map(0, Long.BYTES));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
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
    COUNT.setVolatile(mapped, 0L, count);
    region.dirty(0, Long.BYTES);
  }

  @Override
  public void close() throws IOException {
    region.close();
    file.close();
  }
}
