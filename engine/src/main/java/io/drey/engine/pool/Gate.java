package io.drey.engine.pool;

import io.drey.engine.latch.FrameLatch;
import java.util.Arrays;
import java.util.concurrent.locks.StampedLock;

/**
 * What every change of a frame passes, alone, and what readers pass beside each other where they do
 * not read optimistically.
 *
 * <p>Nobody reads or writes a file, waits, or runs user code while inside. Entering is not
 * interruptible and leaves the thread's interrupt flag alone; a waiting thread parks, so a virtual
 * thread gives its carrier back.
 *
 * <p>Whoever is inside alone holds the latches of the blobs it changes, until it leaves: optimistic
 * readers see all of a change or nothing.
 */
public final class Gate {
  private final StampedLock lock = new StampedLock();

  /** The latches held; of whoever is inside alone. */
  private FrameLatch[] held = new FrameLatch[16];

  private int heldCount;

  /** Enters beside other readers; the result is given back to {@link #leaveShared}. */
  public long enterShared() {
    return lock.readLock();
  }

  public void leaveShared(long stamp) {
    lock.unlockRead(stamp);
  }

  /** Enters alone; the result is given back to {@link #leave}. */
  public long enter() {
    return lock.writeLock();
  }

  /** Releases the latches and leaves. */
  public void leave(long stamp) {
    for (int i = 0; i < heldCount; i++) {
      held[i].release();
    }
    heldCount = 0;
    lock.unlockWrite(stamp);
  }

  /** Holds a latch until {@link #leave}, unless it is held; inside, alone. */
  void hold(FrameLatch latch) {
    assert isClosed();
    if (!latch.isHeld()) {
      if (heldCount == held.length) {
        held = Arrays.copyOf(held, 2 * heldCount);
      }
      held[heldCount++] = latch;
      latch.hold();
    }
  }

  /** Whether some thread is inside alone; for assertions. */
  boolean isClosed() {
    return lock.isWriteLocked();
  }
}
