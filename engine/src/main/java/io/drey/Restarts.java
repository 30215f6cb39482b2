package io.drey;

import io.drey.engine.latch.Pause;
import java.util.concurrent.atomic.LongAdder;

/**
 * What those do that met a change of another thread, before they try again: they {@link Pause}, as
 * whoever makes it may be about to end, or may have lost the processor. After {@link #MOST} in a
 * row, some milliseconds, they go into the gate alone.
 */
final class Restarts {
  /** The most in a row. */
  static final int MOST = 256;

  private final LongAdder count = new LongAdder();

  /**
   * Counts one and pauses.
   *
   * @param before how many there were in a row before this one
   */
  void met(int before) {
    count.increment();
    Pause.take(before);
  }

  long count() {
    return count.sum();
  }
}
