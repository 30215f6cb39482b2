package io.drey.journal;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A thread that waits for a force, a link of one list at a time. */
final class Waiter {
  final Thread thread = Thread.currentThread();
  final long position;
  @Nullable Waiter below;
  volatile boolean gone;

  Waiter(long position) {
    this.position = position;
  }

  static void wakeAll(@Nullable Waiter first) {
    for (Waiter waiter = first; waiter != null; waiter = waiter.below) {
      LockSupport.unpark(waiter.thread);
    }
  }
}
