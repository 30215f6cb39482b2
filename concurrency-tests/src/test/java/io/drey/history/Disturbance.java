package io.drey.history;

import java.util.concurrent.locks.LockSupport;

/**
 * What the methods of a disturbed engine call when they begin: now and then the thread stops there
 * and lets others go first. Threads meet in places where a scheduler would stop one in a million.
 */
public final class Disturbance {
  /** One call of so many stops; a power of two. */
  private static final int RARITY = 1 << 9;

  private static final long PARK_NANOS = 20_000;

  /** Counts calls, more or less: increments that get lost do no harm. */
  private static int calls;

  private Disturbance() {}

  /** A place where the thread may stop. */
  public static void point() {
    int call = ++calls;
    if ((call & RARITY - 1) == 0) {
      stop(Values.mix(call + System.nanoTime()));
    }
  }

  /** How often a thread stopped, more or less; 0 where nothing is disturbed. */
  static long stops() {
    return Integer.toUnsignedLong(calls) / RARITY;
  }

  private static void stop(long random) {
    if ((random & 3) == 0) {
      LockSupport.parkNanos(PARK_NANOS);
    } else {
      Thread.yield();
    }
  }
}
