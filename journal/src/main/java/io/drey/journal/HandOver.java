package io.drey.journal;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Has waiters woken by the first of them: on a carrier of virtual threads that costs less than from
 * a platform thread.
 *
 * <p>Nobody sleeps for ever: the others are put here before it is looked whether the first is gone,
 * and whoever goes says so before he takes what is here. So of two that miss each other, one wakes
 * the others.
 */
final class HandOver {
  private final AtomicReference<@Nullable Waiter> others = new AtomicReference<>();

  /** Wakes {@code first}, who wakes those below when he goes. */
  void give(Waiter first) {
    Waiter below = first.below;
    if (!others.compareAndSet(null, below)) {
      Waiter.wakeAll(below);
    }
    LockSupport.unpark(first.thread);
    if (first.gone) {
      wakeOthers();
    }
  }

  /** Every waiter calls it when he waits no more. */
  void leave(Waiter self) {
    self.gone = true;
    wakeOthers();
  }

  private void wakeOthers() {
    Waiter.wakeAll(others.getAndSet(null));
  }

  /** Whether nobody is left to wake. */
  boolean isEmpty() {
    return others.get() == null;
  }
}
