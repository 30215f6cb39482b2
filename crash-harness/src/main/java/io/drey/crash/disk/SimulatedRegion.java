package io.drey.crash.disk;

import io.drey.crash.disk.Effect.ForceRange;
import io.drey.crash.disk.Effect.Way;
import io.drey.crash.disk.Effect.Write;
import io.drey.vfs.FileClosedException;
import io.drey.vfs.MappedRegion;
import io.drey.vfs.OpenMode;
import io.drey.vfs.StorageFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Objects;
import java.util.TreeSet;

/**
 * A range of a file in native memory, which the store changes without the disk's knowledge; {@code
 * dirty} copies what is there into the image of the file and the record.
 *
 * <p>Bytes that differ from the image when they are forced were stored and not told of. Another
 * thread may be between the two, so they are looked at again later, the last time when the region
 * is closed.
 */
final class SimulatedRegion implements MappedRegion {
  private final SimulatedDisk disk;
  private final LiveFile file;
  private final Path path;
  private final OpenMode mode;
  private final long start;
  private final Arena arena;
  private final MemorySegment memory;

  /** Positions in the file of bytes that were not told of when they were forced. */
  private final TreeSet<Long> untold = new TreeSet<>();

  @SuppressWarnings("MustBeClosedChecker") // Closed with the region.
  SimulatedRegion(
      SimulatedDisk disk, LiveFile file, Path path, OpenMode mode, long start, long bytes) {
    this.disk = disk;
    this.file = file;
    this.path = path;
    this.mode = mode;
    this.start = start;
    this.arena = Arena.ofShared();
    this.memory = arena.allocate(bytes, StorageFile.DIRECT_ALIGNMENT);
    file.read(start, memory);
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
  public void dirty(long from, long to) {
    Objects.checkFromToIndex(from, to, memory.byteSize());
    disk.always(() -> {
      if (isOpen() && from < to && mode != OpenMode.READ && disk.hasPower()) {
        tell(from, to);
      }
    });
  }

  private void tell(long from, long to) {
    MemorySegment bytes =
        MemorySegment.ofArray(memory.asSlice(from, to - from).toArray(ValueLayout.JAVA_BYTE))
            .asReadOnly();
    file.image = file.image.write(start + from, bytes);
    disk.record(new Write(file.inode, start + from, bytes, Way.MAPPING));
  }

  @Override
  public void force(long from, long to) throws IOException {
    Objects.checkFromToIndex(from, to, memory.byteSize());
    disk.atomic(
        path,
        () -> {
          if (!isOpen()) {
            throw new FileClosedException(path);
          }
          if (from < to) {
            long differs = file.image.mismatch(start + from, memory.asSlice(from, to - from));
            if (differs >= 0) {
              untold.add(differs);
            }
            disk.record(new ForceRange(file.inode, start + from, start + to));
          }
          return memory;
        });
  }

  @Override
  public void close() {
    disk.always(() -> {
      if (isOpen()) {
        if (disk.hasPower()) {
          long differs = file.image.mismatch(start, memory);
          if (differs >= 0) {
            disk.complain(path, differs);
            tell(0, memory.byteSize());
          }
        }
        file.regions.remove(this);
        arena.close();
      }
    });
  }

  /** Complains of every byte that was forced, not told of, and still is not. */
  void complainOfUntold() {
    for (long position : untold) {
      if (file.image.mismatch(position, memory.asSlice(position - start, 1)) >= 0) {
        disk.complain(path, position);
      }
    }
    untold.clear();
  }

  private boolean isOpen() {
    return arena.scope().isAlive();
  }
}
