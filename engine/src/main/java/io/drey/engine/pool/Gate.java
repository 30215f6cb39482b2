package io.drey.engine.pool;

import java.util.concurrent.locks.StampedLock;

/**
 * What every walk over frames passes: readers shared, writers, checkpoints and evictions exclusive.
 *
 * <p>Nobody reads or writes a file, waits, or runs user code while inside. Entering is not
 * interruptible and leaves the thread's interrupt flag alone; a waiting thread parks, so a virtual
 * thread gives its carrier back.
 */
public final class Gate {
  private final StampedLock lock = new StampedLock();

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

  public void leave(long stamp) {
    lock.unlockWrite(stamp);
  }

  /** Whether some thread is inside alone; for assertions. */
  boolean isClosed() {
    return lock.isWriteLocked();
  }
}
