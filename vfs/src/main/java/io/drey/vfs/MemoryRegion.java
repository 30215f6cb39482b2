package io.drey.vfs;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/** A range of a file in memory; while it lives, its segment is where the file has those bytes. */
final class MemoryRegion implements MappedRegion {
  private final Path path;
  private final MemoryContent content;
  private final OpenMode mode;
  private final long start;
  private final Arena arena;
  private final MemorySegment memory;
  private final AtomicBoolean open = new AtomicBoolean(true);

  MemoryRegion(
      Path path,
      MemoryContent content,
      OpenMode mode,
      long start,
      Arena arena,
      MemorySegment memory) {
    this.path = path;
    this.content = content;
    this.mode = mode;
    this.start = start;
    this.arena = arena;
    this.memory = memory;
  }

  long start() {
    return start;
  }

  long end() {
    return start + memory.byteSize();
  }

  MemorySegment memory() {
    return memory;
  }

  @Override
  public MemorySegment segment() {
    return mode == OpenMode.READ ? memory.asReadOnly() : memory;
  }

  @Override
  public void dirty(long from, long to) {}

  @Override
  public void force(long from, long to) throws IOException {
    Objects.checkFromToIndex(from, to, memory.byteSize());
    if (!open.get()) {
      throw new FileClosedException(path);
    }
  }

  @Override
  public void close() {
    if (open.compareAndSet(true, false)) {
      content.unmap(this);
      RegionArena.close(arena);
    }
  }
}
