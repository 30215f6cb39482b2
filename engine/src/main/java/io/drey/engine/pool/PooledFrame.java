package io.drey.engine.pool;

import io.drey.engine.frame.ExclusiveFrame;
import io.drey.engine.frame.Frame;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One place in the pool and what stands in it. Every field is guarded by the {@link Ledger}. */
final class PooledFrame {
  final Frame frame;
  final ExclusiveFrame exclusive;

  /** The slot of the data file that this place is, in its mapping; -1 = it is memory alone. */
  final long slot;

  /** Whose image stands here; null = nobody's: the place is free, or what stands here only held. */
  @Nullable BlobImage owner;

  /** Whether the image differs from everything stored. */
  boolean dirty;

  /**
   * Checkpoints and spills that are reading the image; above 0 it must not change. Raised only
   * while nobody but the raiser could change the image: with its blob's latch, or as INVARIANT P7
   * has it. So who has the latch and reads 0 may change the image in its epoch, and sees what was
   * noted down before the last one let go. Hence INVARIANT P6.
   */
  private volatile int holds;

  /**
   * Held while the image is sealed and written, outside the gate: sealing changes the header, and a
   * spill and a checkpoint may want the same image.
   */
  final ReentrantLock sealing = new ReentrantLock();

  PooledFrame(Frame frame, long slot) {
    this.frame = frame;
    this.slot = slot;
    this.exclusive = new ExclusiveFrame(frame);
  }

  int holds() {
    return holds;
  }

  void hold() {
    int now = holds;
    holds = now + 1;
  }

  /** One reader less; whether it was the last. */
  boolean letGo() {
    int left = holds - 1;
    holds = left;
    return left == 0;
  }

  void vacate() {
    assert holds == 0 && owner == null;
    dirty = false;
  }
}
