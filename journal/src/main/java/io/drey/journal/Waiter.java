package io.drey.journal;

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
}
