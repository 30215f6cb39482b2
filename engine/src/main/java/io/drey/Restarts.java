package io.drey;

import java.util.concurrent.atomic.LongAdder;

/**
 * What those do that met a change of another thread, before they try again: spin while a change may
 * be about to end, then offer the processor to whoever makes it and may have lost it. After {@link
 * #MOST} in a row they go into the gate alone.
 */
final class Restarts {
  /** The most in a row. */
  static final int MOST = 64;

  /** In a row before the processor is offered; a change takes about a microsecond. */
  private static final int SPINS = 8;

  private final LongAdder count = new LongAdder();

  /**
   * Counts one and pauses.
   *
   * @param before how many there were in a row before this one
   */
  @SuppressWarnings("ThreadPriorityCheck") // nothing relies on the yield
  void met(int before) {
    count.increment();
    if (before < SPINS) {
      Thread.onSpinWait();
    } else {
      Thread.yield();
    }
  }

  long count() {
    return count.sum();
  }
}
