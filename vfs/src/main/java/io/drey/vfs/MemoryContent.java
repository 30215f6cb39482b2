package io.drey.vfs;

import java.io.EOFException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file in memory, whatever its name is and however many times it is open.
 *
 * <p>A byte lives in the region that maps it, else in the chunk that covers it; where there is no
 * chunk it is zero. Mapping a range moves its bytes into native memory of the region's own, ending
 * the region moves them back: so they never exist twice, and the memory of a closed region can be
 * given back at once. Bytes of a chunk from {@code size} on are zero.
 */
final class MemoryContent {
  private static final int CHUNK_BYTES = 64 << 10;

  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

  /** By position / CHUNK_BYTES. Guarded by {@link #lock}, as all below. */
  private final TreeMap<Long, MemorySegment> chunks = new TreeMap<>();

  private final List<MemoryRegion> regions = new ArrayList<>();
  private long size;

  long size() {
    lock.readLock().lock();
    try {
      return size;
    } finally {
      lock.readLock().unlock();
    }
  }

  int read(long position, MemorySegment target) {
    lock.readLock().lock();
    try {
      long bytes = Math.clamp(size - position, 0, target.byteSize());
      copyOut(position, target.asSlice(0, bytes));
      return (int) bytes;
    } finally {
      lock.readLock().unlock();
    }
  }

  void write(long position, MemorySegment source) {
    lock.writeLock().lock();
    try {
      copyIn(position, source);
      if (source.byteSize() > 0) {
        size = Math.max(size, position + source.byteSize());
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  void truncate(Path path, long bytes) {
    lock.writeLock().lock();
    try {
      for (MemoryRegion region : regions) {
        if (bytes < region.end()) {
          throw new IllegalStateException(path + ": mapped up to " + region.end());
        }
      }
      if (bytes < size) {
        size = bytes;
        long last = bytes / CHUNK_BYTES;
        chunks.tailMap(last, false).clear();
        MemorySegment chunk = chunks.get(last);
        if (chunk != null) {
          chunk.asSlice(bytes % CHUNK_BYTES).fill((byte) 0);
        }
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  MemoryRegion map(Path path, OpenMode mode, long position, long bytes) throws EOFException {
    lock.writeLock().lock();
    try {
      MappedRanges.check(path, position, bytes, size);
      for (MemoryRegion region : regions) {
        MappedRanges.checkDisjoint(path, position, bytes, region.start(), region.end());
      }
      Arena arena = RegionArena.open();
      MemorySegment memory = arena.allocate(bytes, StorageFile.DIRECT_ALIGNMENT);
      copyOut(position, memory);
      chunksInside(position, position + bytes).clear();
      MemoryRegion region = new MemoryRegion(path, this, mode, position, arena, memory);
      regions.add(region);
      return region;
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Takes the bytes back from a region that ends. */
  void unmap(MemoryRegion region) {
    lock.writeLock().lock();
    try {
      regions.remove(region);
      copyIn(region.start(), region.memory());
    } finally {
      lock.writeLock().unlock();
    }
  }

  private Map<Long, MemorySegment> chunksInside(long start, long end) {
    long first = Math.ceilDiv(start, CHUNK_BYTES);
    return chunks.subMap(first, Math.max(first, end / CHUNK_BYTES));
  }

  private void copyOut(long position, MemorySegment target) {
    long done = 0;
    while (done < target.byteSize()) {
      long at = position + done;
      MemorySegment piece = target.asSlice(done, Math.min(run(at), target.byteSize() - done));
      MemoryRegion region = regionAt(at);
      MemorySegment chunk = chunks.get(at / CHUNK_BYTES);
      if (region != null) {
        MemorySegment.copy(region.memory(), at - region.start(), piece, 0, piece.byteSize());
      } else if (chunk != null) {
        MemorySegment.copy(chunk, at % CHUNK_BYTES, piece, 0, piece.byteSize());
      } else {
        piece.fill((byte) 0);
      }
      done += piece.byteSize();
    }
  }

  private void copyIn(long position, MemorySegment source) {
    long done = 0;
    while (done < source.byteSize()) {
      long at = position + done;
      long bytes = Math.min(run(at), source.byteSize() - done);
      MemoryRegion region = regionAt(at);
      if (region != null) {
        MemorySegment.copy(source, done, region.memory(), at - region.start(), bytes);
      } else {
        MemorySegment chunk =
            chunks.computeIfAbsent(
                at / CHUNK_BYTES, index -> MemorySegment.ofArray(new byte[CHUNK_BYTES]));
        MemorySegment.copy(source, done, chunk, at % CHUNK_BYTES, bytes);
      }
      done += bytes;
    }
  }

  /** How many bytes from there on live in the same region, or outside of regions in one chunk. */
  private long run(long position) {
    long end = position - position % CHUNK_BYTES + CHUNK_BYTES;
    for (MemoryRegion region : regions) {
      if (region.start() <= position && position < region.end()) {
        return region.end() - position;
      }
      if (region.start() > position) {
        end = Math.min(end, region.start());
      }
    }
    return end - position;
  }

  private @Nullable MemoryRegion regionAt(long position) {
    for (MemoryRegion region : regions) {
      if (region.start() <= position && position < region.end()) {
        return region;
      }
    }
    return null;
  }
}
