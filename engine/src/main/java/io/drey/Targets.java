package io.drey;

import java.lang.foreign.MemorySegment;

/** Which segments of the caller a value can be copied to. */
final class Targets {
  private Targets() {}

  /** Throws what a copy to {@code target} would throw, before there is anything to copy. */
  static void check(MemorySegment target) {
    if (target.isReadOnly()) {
      throw new IllegalArgumentException("the target is read-only");
    }
    if (!target.isAccessibleBy(Thread.currentThread())) {
      throw new WrongThreadException("the target is confined to another thread");
    }
    if (!target.scope().isAlive()) {
      throw new IllegalStateException("the target's arena is closed");
    }
  }
}
