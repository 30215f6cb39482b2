package io.drey.engine.latch;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What a thread does that waits for one that is at work, and does not wait itself. */
public final class Pause {
  private static final int SPINS = 100;
  private static final int YIELDS = 200;
  private static final long NAP_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

  private Pause() {}

  /**
   * Spins, then offers the processor, then sleeps for an instant.
   *
   * @param turn how many pauses there were before
   */
  @SuppressWarnings("ThreadPriorityCheck") // nothing relies on the yield
  public static void take(int turn) {
    if (turn < SPINS) {
      Thread.onSpinWait();
    } else if (turn < YIELDS) {
      Thread.yield();
    } else {
      LockSupport.parkNanos(NAP_NANOS);
    }
  }
}
