package io.drey.engine.event;

import java.util.concurrent.atomic.AtomicLong;

/** Numbers the stores that this process opens, so that events of several can be told apart. */
public final class StoreNumbers {
  private static final AtomicLong LAST = new AtomicLong();

  private StoreNumbers() {}

  public static long next() {
    return LAST.incrementAndGet();
  }
}
