package io.drey.engine.pool;

import io.drey.engine.layout.FrameSize;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The native memory behind all frames, grown in chunks.
 *
 * <p>Each chunk is one segment of whole frames and a guard behind them that is longer than any node
 * plus 64 KiB, so that a compare may over-read and a stray reference stays inside the segment.
 * Frames are 4096-aligned, as direct I/O demands. Chunks live until {@link #close}; an access after
 * it is an {@link IllegalStateException}, never a crash.
 *
 * <p>Thread-safe.
 */
final class FrameMemory {
  private static final long ALIGNMENT = 4096;
  private static final long GUARD_BYTES = FrameSize.GUARD_BYTES;

  /** Frames of the first chunk at most. */
  static final int FIRST_FRAMES = 8;

  private static final int FIRST_CHUNK_BYTES = 4 << 20;
  private static final int LARGEST_CHUNK_BYTES = 32 << 20;

  private final List<Arena> arenas = new ArrayList<>();
  private int frames;

  /** Memory of one frame. */
  record Place(MemorySegment segment, long base) {}

  /** Allocates the next chunk; costs about 0.5 ms per MiB, since new memory is zeroed. */
  @SuppressWarnings("MustBeClosedChecker") // closed by close()
  synchronized List<Place> grow(long atMostFrames) {
    long count = Math.max(1, Math.min(atMostFrames, chunkFrames(arenas.size())));
    Arena arena = Arena.ofShared();
    MemorySegment chunk;
    try {
      chunk = arena.allocate(count * FrameSize.BYTES + GUARD_BYTES, ALIGNMENT);
    } catch (OutOfMemoryError e) {
      arena.close();
      throw e;
    }
    arenas.add(arena);
    frames += Math.toIntExact(count);
    List<Place> grown = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      grown.add(new Place(chunk, i * FrameSize.BYTES));
    }
    return grown;
  }

  /** Frames of the next chunk where there are so many. */
  private static long chunkFrames(int chunks) {
    long bytes = Math.min(LARGEST_CHUNK_BYTES, (long) FIRST_CHUNK_BYTES << Math.min(8, chunks));
    long frames = Math.max(1, bytes / FrameSize.BYTES);
    return chunks == 0 ? Math.min(FIRST_FRAMES, frames) : frames;
  }

  /** Frames that fit into so many bytes, the guards of their chunks counted in. */
  static long framesWithin(long bytes) {
    long left = bytes;
    long frames = 0;
    for (int chunks = 0; left >= FrameSize.BYTES + GUARD_BYTES; chunks++) {
      long count = Math.min(chunkFrames(chunks), (left - GUARD_BYTES) / FrameSize.BYTES);
      frames += count;
      left -= count * FrameSize.BYTES + GUARD_BYTES;
    }
    return frames;
  }

  /** Bytes allocated so far, the guards counted in. */
  synchronized long bytes() {
    return (long) frames * FrameSize.BYTES + arenas.size() * GUARD_BYTES;
  }

  /** Releases all memory; the caller has made sure that no I/O on it is under way. */
  synchronized void close() {
    arenas.forEach(Arena::close);
    arenas.clear();
  }
}
