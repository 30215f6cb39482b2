package io.drey.journal;

import io.drey.vfs.Threads;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * A platform thread that leads the forces of many virtual committers. WHY: a force blocks the
 * carrier of a virtual thread that leads it, which is half of all carriers on two processors, and
 * the committers that could run meanwhile have one carrier less. Begun when first called.
 */
final class CrowdLeader {
  private final Thread thread;
  private final Runnable turn;
  private final AtomicBoolean started = new AtomicBoolean();
  private volatile boolean called;
  private volatile boolean retired;

  /**
   * @param turn leads if nobody does, else returns at once
   */
  CrowdLeader(Threads threads, Runnable turn) {
    this.turn = turn;
    this.thread = threads.unstarted("drey-force", this::run);
  }

  /** Its next turn begins after this. */
  void call() {
    called = true;
    if (started.compareAndSet(false, true)) {
      thread.start();
    } else {
      LockSupport.unpark(thread);
    }
  }

  void retire() {
    retired = true;
    LockSupport.unpark(thread);
  }

  private void run() {
    while (!retired) {
      if (called) {
        called = false;
        turn.run();
      } else {
        LockSupport.park(this);
      }
    }
  }
}
