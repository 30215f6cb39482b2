package io.drey.crash.disk;

import io.drey.crash.disk.PowerLossOptions.Limits;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many crash states, and how much time, a campaign may still spend. Each run has the same part
 * of it, and what an earlier run left. Safe for use by many threads.
 */
final class Budget {
  private final Limits limits;
  private final long begin = System.nanoTime();
  private final AtomicLong states = new AtomicLong();

  /** The part of the campaign that ends with the run under way. */
  private volatile double part = 1;

  Budget(Limits limits) {
    this.limits = limits;
  }

  /** Begins a run, if there is anything left for it and the runs after it. */
  boolean beginsRun(int run, int runs) {
    part = 1;
    boolean begins = run < runs && !isSpent();
    part = (run + 1.0) / runs;
    return begins;
  }

  void count() {
    states.incrementAndGet();
  }

  long states() {
    return states.get();
  }

  boolean isSpent() {
    return states.get() >= limits.states() * part || elapsed() >= limits.time().toNanos() * part;
  }

  /**
   * How many states one of so many equal pieces of work may try. Time counts once there is a speed
   * to go by, so that a campaign whose time suffices tries the same states every time.
   */
  long share(int pieces) {
    double left = limits.states() * part - states.get();
    double elapsed = elapsed();
    double time = limits.time().toNanos() * part;
    if (elapsed > time / 8) {
      left = Math.min(left, states.get() / elapsed * (time - elapsed));
    }
    return (long) Math.clamp(left / pieces, 1, 1 << 30);
  }

  private double elapsed() {
    return System.nanoTime() - begin;
  }
}
