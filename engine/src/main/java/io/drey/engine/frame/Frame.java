package io.drey.engine.frame;

import java.lang.foreign.MemorySegment;

/**
 * A place of one frame's size in a chunk of native memory. Says where bytes are, not whose they
 * are: the same place holds images of different blobs in the course of time.
 */
public final class Frame {
  /** The chunk. It ends in a guard of {@code FrameSize.GUARD_BYTES} behind its last frame. */
  public final MemorySegment segment;

  /** Absolute offset of the frame in {@link #segment}, a multiple of 4,096. */
  public final long base;

  /** The number by which the port finds this place. */
  public final int index;

  public Frame(MemorySegment segment, long base, int index) {
    this.segment = segment;
    this.base = base;
    this.index = index;
  }

  /** Absolute offset of the node a reference names. */
  public long node(int ref) {
    return base + ((long) ref << 3);
  }
}
