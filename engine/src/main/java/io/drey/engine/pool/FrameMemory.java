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
  private static final int FIRST_CHUNK_BYTES = 4 << 20;
  private static final int LARGEST_CHUNK_BYTES = 32 << 20;

  private final List<Arena> arenas = new ArrayList<>();
  private int frames;

  /** Memory of one frame. */
  record Place(MemorySegment segment, long base) {}

  /** Allocates the next chunk; costs about 0.5 ms per MiB, since new memory is zeroed. */
  @SuppressWarnings("MustBeClosedChecker") // closed by close()
  synchronized List<Place> grow(long atMostFrames) {
    long wanted =
        Math.min(LARGEST_CHUNK_BYTES, (long) FIRST_CHUNK_BYTES << Math.min(8, arenas.size()));
    long count = Math.max(1, Math.min(atMostFrames, wanted / FrameSize.BYTES));
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

  /** Bytes of the frames allocated so far; the guards, one a chunk, come on top. */
  synchronized long bytes() {
    return (long) frames * FrameSize.BYTES;
  }

  /** Releases all memory; the caller has made sure that no I/O on it is under way. */
  synchronized void close() {
    arenas.forEach(Arena::close);
    arenas.clear();
  }
}
