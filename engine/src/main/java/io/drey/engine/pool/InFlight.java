package io.drey.engine.pool;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Work on frames that goes on outside the gate; the pool's memory is released after all of it. */
final class InFlight {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private int count;
  private boolean closed;

  /** Begins some work; followed by one {@link #end}. */
  void begin() throws PoolClosedException {
    lock.lock();
    try {
      if (closed) {
        throw new PoolClosedException();
      }
      count++;
    } finally {
      lock.unlock();
    }
  }

  void end() {
    lock.lock();
    try {
      count--;
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Refuses further work and returns when none is under way. */
  void drain() {
    lock.lock();
    try {
      closed = true;
      while (count > 0) {
        ended.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }
}
