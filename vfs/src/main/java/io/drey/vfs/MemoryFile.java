package io.drey.vfs;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** One opening of a file in memory. */
final class MemoryFile implements StorageFile {
  private final Path path;
  private final OpenMode mode;
  private final Caching asked;
  private final MemoryContent content;
  private volatile boolean closed;

  MemoryFile(Path path, OpenMode mode, Caching asked, MemoryContent content) {
    this.path = path;
    this.mode = mode;
    this.asked = asked;
    this.content = content;
  }

  @Override
  public Path path() {
    return path;
  }

  /** Memory has no page cache to bypass, so it refuses DIRECT. */
  @Override
  public Caching caching() {
    return Caching.BUFFERED;
  }

  @Override
  public long size() throws IOException {
    return content().size();
  }

  @Override
  public int read(long position, MemorySegment target) throws IOException {
    Transfers.checkRead(position, target, asked);
    return content().read(position, target);
  }

  @Override
  public void write(long position, MemorySegment source) throws IOException {
    Transfers.checkWrite(position, source, mode, asked);
    content().write(position, source);
  }

  @Override
  public void truncate(long bytes) throws IOException {
    Transfers.checkLength(bytes);
    Transfers.checkWritable(mode);
    content().truncate(path, bytes);
  }

  @Override
  public void force() throws IOException {
    content();
  }

  @Override
  public MappedRegion map(long position, long bytes) throws IOException {
    if (asked == Caching.DIRECT) {
      throw new UnsupportedOperationException(path + ": opened for direct transfers");
    }
    return content().map(path, mode, position, bytes);
  }

  @Override
  public void close() {
    closed = true;
  }

  private MemoryContent content() throws FileClosedException {
    if (closed) {
      throw new FileClosedException(path);
    }
    return content;
  }
}
