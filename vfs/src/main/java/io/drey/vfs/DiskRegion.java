package io.drey.vfs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** A mapping by the operating system, with an arena of its own. */
final class DiskRegion implements MappedRegion {
  private final DiskFile file;
  private final long start;
  private final Arena arena;
  private final MemorySegment segment;

  DiskRegion(DiskFile file, long start, Arena arena, MemorySegment segment) {
    this.file = file;
    this.start = start;
    this.arena = arena;
    this.segment = segment;
  }

  long start() {
    return start;
  }

  long end() {
    return start + segment.byteSize();
  }

  @Override
  public MemorySegment segment() {
    return segment;
  }

  @Override
  public void dirty(long from, long to) {}

  @Override
  public void force(long from, long to) throws IOException {
    Objects.checkFromToIndex(from, to, segment.byteSize());
    if (!arena.scope().isAlive()) {
      throw new FileClosedException(file.path());
    }
    if (from == to || segment.isReadOnly()) {
      return;
    }
    try {
      segment.asSlice(from, to - from).force();
    } catch (UncheckedIOException e) {
      throw FileFailure.naming(file.path(), Objects.requireNonNull(e.getCause()));
    } catch (IllegalStateException e) {
      throw new FileClosedException(file.path());
    }
  }

  @Override
  public void close() {
    if (RegionArena.close(arena)) {
      file.unmapped(this);
    }
  }
}
