package io.drey.engine.pool;

import io.drey.engine.layout.FrameSize;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Native memory for images on their way to a user's store, a frame each. Thread-safe. */
final class Buffers implements AutoCloseable {
  private final int planned;
  private final Arena arena = Arena.ofShared();
  private final ArrayDeque<MemorySegment> free = new ArrayDeque<>();
  private int made;

  /**
   * @param planned how many there are to be
   */
  @SuppressWarnings("MustBeClosedChecker") // closed by close()
  Buffers(int planned) {
    this.planned = planned;
  }

  /** A buffer that is free; null = all that are planned are in use. */
  synchronized @Nullable MemorySegment poll() {
    MemorySegment buffer = free.poll();
    return buffer != null || made >= planned ? buffer : make();
  }

  /** A buffer that is free, or one more than planned. */
  synchronized MemorySegment take() {
    MemorySegment buffer = free.poll();
    return buffer != null ? buffer : make();
  }

  private MemorySegment make() {
    made++;
    return arena.allocate(FrameSize.BYTES, FrameSize.PAGE_BYTES);
  }

  synchronized void giveBack(MemorySegment buffer) {
    free.add(buffer);
  }

  synchronized long bytes() {
    return (long) made * FrameSize.BYTES;
  }

  @Override
  public void close() {
    arena.close();
  }
}
