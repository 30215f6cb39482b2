package io.drey.engine.pool;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What threads wait on that need memory while nothing can leave it.
 *
 * <p>While a round is under way they wait for it to let go of an image. Else what stands in the way
 * is other operations' pins: two that hold what the other one needs would wait for ever. So whoever
 * waits lets go of all it has pinned, and queues for the <em>turn</em>. The one thread that has the
 * turn keeps what it pins, and waits for the others, who end or let go; it has the turn until its
 * operation ends. Whoever has the turn waits for nothing but that.
 */
final class Scarcity {
  private final ReentrantLock turn = new ReentrantLock(true);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition progress = lock.newCondition();
  private boolean roundActive;
  private long steps;
  private final AtomicInteger waiting = new AtomicInteger();

  void roundBegins() {
    lock.lock();
    try {
      roundActive = true;
    } finally {
      lock.unlock();
    }
  }

  void roundLetGo() {
    lock.lock();
    try {
      steps++;
      progress.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void roundEnds() {
    lock.lock();
    try {
      roundActive = false;
      steps++;
      progress.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** False when no round is under way: nothing would come of waiting. */
  boolean awaitRound() {
    lock.lock();
    try {
      long seen = steps;
      boolean waited = roundActive;
      while (roundActive && seen == steps) {
        progress.awaitUninterruptibly();
      }
      return waited;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the turn; nothing is pinned meanwhile. */
  void takeTurn(Pins pins) {
    assert pins.isEmpty() && !pins.hasTurn;
    turn.lock();
    pins.hasTurn = true;
  }

  /** Gives the turn back, where the operation has it. */
  void giveTurnBack(Pins pins) {
    if (pins.hasTurn) {
      pins.hasTurn = false;
      turn.unlock();
    }
  }

  /**
   * Something may have become free: a pin, a promise, a place. Called after that is to be seen
   * under the ledger.
   */
  void stepped() {
    if (waiting.get() > 0) {
      roundLetGo();
    }
  }

  /** What can be hoped for. */
  enum Outlook {
    /** An image that can leave memory, as soon as a change of it has ended. */
    VICTIM,
    /** Steps of other operations. */
    STEPS,
    /** Everything in memory is this operation's own. */
    NOTHING
  }

  /** Waits for a step of others if only that can help; false when nothing can. */
  boolean await(Ledger ledger, Supplier<Outlook> under) {
    // ORDER: counted first, so a step that is not seen below is announced.
    waiting.incrementAndGet();
    try {
      long seen = steps();
      Outlook outlook;
      long stamp = ledger.enter();
      try {
        outlook = under.get();
      } finally {
        ledger.leave(stamp);
      }
      if (outlook == Outlook.STEPS) {
        awaitStep(seen);
      }
      return outlook != Outlook.NOTHING;
    } finally {
      waiting.decrementAndGet();
    }
  }

  private long steps() {
    lock.lock();
    try {
      return steps;
    } finally {
      lock.unlock();
    }
  }

  private void awaitStep(long seen) {
    lock.lock();
    try {
      while (seen == steps) {
        progress.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }
}
