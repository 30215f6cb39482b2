package io.drey.engine.checkpoint;

import io.drey.engine.event.JournalBackpressure;
import io.drey.engine.log.Health;
import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Holds writers to the pace of checkpoints.
 *
 * <p>INVARIANT C4: no change is begun while the journal's files that the last successful round left
 * in use, and those after them, have a limit's bytes or more. Whoever meets the limit waits for the
 * round under way, or asks for one. A round that succeeds lets it go on; one that fails wakes it
 * with the round's error, nothing has changed then, and the change may be tried again. Nobody waits
 * for longer than until the end of the next round.
 *
 * <p>Changes that take records away may pass the limit by half of it: they are how a store gets
 * smaller.
 */
public final class Backpressure {
  /** What removals have beside the limit, as a part of it. */
  private static final long REMOVALS_PART = 2;

  private final RoundLog log;
  private final Health health;
  private final long limitBytes;
  private final Runnable request;
  private final long store;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();

  /** The journal segment at which the last successful round begins. */
  private volatile long fromSegment;

  // Guarded by the lock.
  private boolean underWay;
  private boolean closed;
  private long roundsEnded;
  private @Nullable IOException failure;

  /**
   * @param request asks for a round, and does not wait
   * @param store the number under which events tell the store
   */
  Backpressure(RoundLog log, Health health, long limitBytes, Runnable request, long store) {
    this.log = log;
    this.health = health;
    this.limitBytes = limitBytes;
    this.request = request;
    this.store = store;
    this.fromSegment = log.file();
  }

  /** What a change does to the store's size. */
  public enum Effect {
    /** It may add to it. */
    ANY,
    /** It only takes away. */
    REMOVES
  }

  /**
   * Returns when a change may begin; at once unless the limit is met. Outside gate and latches, not
   * interruptible. Also returns when the store has failed or is closing, which the caller checks.
   *
   * @throws IOException what the round failed with that was waited for
   */
  public void await(Effect effect) throws IOException {
    if (!isToWait(effect)) {
      return;
    }
    JournalBackpressure event = new JournalBackpressure();
    event.begin();
    long limit = limit(effect);
    long bytes = log.bytesFrom(fromSegment);
    IOException met = null;
    lock.lock();
    try {
      while (!closed && health.failure() == null && log.bytesFrom(fromSegment) >= limit) {
        awaitRound();
      }
    } catch (IOException e) {
      met = e;
      throw e;
    } finally {
      lock.unlock();
      event.end();
      if (event.shouldCommit()) {
        event.store = store;
        event.journalBytes = bytes;
        event.limit = limit;
        event.failure = met == null ? null : met.toString();
        event.commit();
      }
    }
  }

  /** Whether a change has to wait now. */
  public boolean isToWait(Effect effect) {
    return log.bytesFrom(fromSegment) >= limit(effect);
  }

  private long limit(Effect effect) {
    return effect == Effect.REMOVES ? limitBytes + limitBytes / REMOVALS_PART : limitBytes;
  }

  private void awaitRound() throws IOException {
    long seen = roundsEnded;
    if (!underWay) {
      request.run();
    }
    while (!closed && roundsEnded == seen) {
      ended.awaitUninterruptibly();
    }
    IOException met = failure;
    if (roundsEnded != seen && met != null) {
      throw new IOException("the checkpoint that would shorten the journal failed", met);
    }
  }

  /** Whether a round must run whatever has changed, since a writer may wait for it. */
  boolean isMet() {
    return log.bytesFrom(fromSegment) >= limitBytes;
  }

  void roundBegins() {
    lock.lock();
    try {
      underWay = true;
    } finally {
      lock.unlock();
    }
  }

  /** The round has succeeded: the journal begins with {@code segment}. */
  void roundSucceeded(long segment) {
    fromSegment = segment;
    end(null);
  }

  /**
   * @param cause null when the failure ends the store, which {@link Health} tells
   */
  void roundFailed(@Nullable IOException cause) {
    end(cause);
  }

  /** No round runs although one was asked for: who waits looks again. */
  void noRound() {
    end(null);
  }

  private void end(@Nullable IOException cause) {
    lock.lock();
    try {
      underWay = false;
      roundsEnded++;
      failure = cause;
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Lets everybody go. */
  void close() {
    lock.lock();
    try {
      closed = true;
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
