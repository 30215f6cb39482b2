package io.drey.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Mutual exclusion for a few field updates. Holders never park, do I/O or call foreign code, so a
 * waiter waits for nanoseconds, or for one time slice where the holder lost its processor; after a
 * short spin it yields to let that holder run. Not reentrant.
 */
final class SpinLatch {

  private static final int SPINS = 64;
  private static final VarHandle HELD;

  static {
    try {
      HELD = MethodHandles.lookup().findVarHandle(SpinLatch.class, "held", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("unused") // by HELD
  private int held;

  void lock() {
    if (!HELD.compareAndSet(this, 0, 1)) {
      lockContended();
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // the yield lets a holder run, nothing relies on it
  private void lockContended() {
    int spins = 0;
    do {
      if (++spins < SPINS) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    } while ((int) HELD.getOpaque(this) != 0 || !HELD.compareAndSet(this, 0, 1));
  }

  void unlock() {
    HELD.setRelease(this, 0);
  }
}
