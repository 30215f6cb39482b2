package io.drey.journal;

import io.drey.vfs.Threads;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets concurrent commits share forces.
 *
 * <p>One thread at a time leads. A committer that finds no leader leads itself, without a
 * hand-over; the others put themselves on a stack and park. After its round the leader gives up the
 * lead, takes the stack, wakes every waiter its round has covered, puts the rest back and wakes one
 * of these to lead the next round, unless a running committer is faster.
 *
 * <p>Nobody sleeps for ever: a waiter is on the stack before it tries to lead for the last time,
 * and a leader looks at the stack after it has given up the lead; so of two that meet, one sees the
 * other. Waiters put back are followed by a wake-up of one of them, which finds either no leader,
 * or one that will look at the stack after this.
 *
 * <p>Where many virtual threads wait, a platform thread is woken to lead instead, and keeps the
 * lead for as long as they are many. It wakes the first it has covered, who wakes the others: see
 * {@link HandOver}.
 *
 * <p>INVARIANT J2: a round reads the published end, forces all segments up to it, oldest first, and
 * moves the forced end only then. INVARIANT J6: a failed round is the last.
 */
final class GroupCommit {

  /**
   * The waiters, as one moment found them.
   *
   * @param covered the first of those who need not wait any more
   * @param coveredCount how many these are
   * @param heir one of the others, who are on the stack again
   * @param leftCount how many these are
   */
  private record Sorted(
      @Nullable Waiter covered, int coveredCount, @Nullable Waiter heir, int leftCount) {}

  /** No record lies here: whoever waits for it wants the lead itself. */
  private static final long NEVER = Long.MAX_VALUE;

  /** So many virtual committers left after a round are led by a thread of the journal's own. */
  private static final int CROWD = 4;

  private final Tail tail;
  private final Health health;
  private final long storeNumber;
  private final AtomicBoolean led = new AtomicBoolean();
  private final AtomicReference<@Nullable Waiter> waiters = new AtomicReference<>();

  private final HandOver handOver = new HandOver();
  private final CrowdLeader crowdLeader;
  private final AtomicLong forces = new AtomicLong();

  /** The segment in which the forced end lies; the leader's own. */
  private Segment current;

  GroupCommit(Tail tail, Segment first, Health health, long storeNumber, Threads threads) {
    this.tail = tail;
    this.current = first;
    this.health = health;
    this.storeNumber = storeNumber;
    this.crowdLeader = new CrowdLeader(threads, this::leadCrowd);
  }

  /** Returns when the record at {@code position} and all before it are on stable storage. */
  void await(long position) throws JournalFailedException {
    if (tail.forcedEnd() > position) {
      return;
    }
    tail.awaitPublished(position);
    JournalWait event = new JournalWait();
    event.begin();
    awaitTurn(position);
    event.tell(storeNumber, "Force");
  }

  /** Returns as the leader for good, so that no force is running nor will ever begin. */
  void retire() {
    boolean interrupted = false;
    Waiter self = null;
    while (!led.compareAndSet(false, true)) {
      if (self == null) {
        self = push(new Waiter(NEVER));
        continue;
      }
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (self != null) {
      self.gone = true;
    }
    crowdLeader.retire();
    wake();
    restore(interrupted);
  }

  private void awaitTurn(long position) throws JournalFailedException {
    boolean interrupted = false;
    long arrived = System.nanoTime();
    Waiter self = null;
    try {
      while (tail.forcedEnd() <= position) {
        health.checkAlive();
        if (led.compareAndSet(false, true)) {
          lead(position, arrived);
        } else if (self == null) {
          self = push(new Waiter(position));
        } else {
          LockSupport.park(this);
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (self != null) {
        handOver.leave(self);
      }
      restore(interrupted);
    }
  }

  private static void restore(boolean interrupted) {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void lead(long position, long arrived) throws JournalFailedException {
    JournalForce event = null;
    try {
      if (tail.forcedEnd() <= position) {
        event = new JournalForce();
        event.queueTime = System.nanoTime() - arrived;
        event.begin();
        round(event);
      }
    } finally {
      led.set(false);
      int woken = wake();
      if (event != null) {
        tell(event, woken + 1);
      }
    }
  }

  /** One round after another, without giving up the lead, as long as there is a crowd. */
  private void leadCrowd() {
    if (!led.compareAndSet(false, true)) {
      return;
    }
    try {
      int left = CROWD;
      while (left >= CROWD && health.isOpen()) {
        JournalForce event = new JournalForce();
        event.begin();
        round(event);
        Sorted sorted = sort();
        if (sorted.covered != null) {
          handOver.give(sorted.covered);
        }
        tell(event, sorted.coveredCount);
        left = sorted.leftCount;
      }
    } catch (JournalFailedException | JournalClosedException toldToAllWhoWait) {
      // They look at the journal's health when they are woken.
    } finally {
      led.set(false);
      wake();
    }
  }

  private void tell(JournalForce event, int commits) {
    if (event.shouldCommit()) {
      event.store = storeNumber;
      event.commits = commits;
      event.commit();
    }
  }

  private void round(JournalForce event) throws JournalFailedException {
    health.checkAlive();
    long target = tail.publishedEnd();
    int from = Position.offset(tail.forcedEnd());
    try {
      while (current.link().number() != Position.segment(target)) {
        current.forceOut();
        count(event, current.sealedEnd() - from);
        current = current.following();
        from = Segment.START;
      }
      int to = Position.offset(target);
      if (from < to) {
        current.force(from, to);
        count(event, to - from);
      }
    } catch (Throwable e) {
      event.failure = e.toString();
      health.fail(e);
      health.checkAlive();
    } finally {
      event.end();
    }
    tail.forcedEnd(target);
  }

  private void count(JournalForce event, int bytes) {
    event.segments++;
    event.bytes += bytes;
    forces.incrementAndGet();
  }

  private Waiter push(Waiter waiter) {
    Waiter top;
    do {
      top = waiters.get();
      waiter.below = top;
    } while (!waiters.compareAndSet(top, waiter));
    return waiter;
  }

  /** Wakes whoever need not wait any more, and one of the others; how many need not wait. */
  int wake() {
    Sorted sorted = sort();
    Waiter heir = sorted.heir;
    if (heir != null) {
      if (sorted.leftCount >= CROWD && heir.thread.isVirtual()) {
        crowdLeader.call();
      } else {
        LockSupport.unpark(heir.thread);
      }
    }
    Waiter.wakeAll(sorted.covered);
    return sorted.coveredCount;
  }

  /** Takes the stack and puts back who has to wait on; wakes those if the journal has an end. */
  private Sorted sort() {
    boolean all = !health.isOpen();
    Waiter covered = null;
    int coveredCount = 0;
    Waiter heir = null;
    int leftCount = 0;
    Waiter waiter = waiters.getAndSet(null);
    while (waiter != null) {
      Waiter below = waiter.below;
      if (!waiter.gone) {
        if (waiter.position < tail.forcedEnd()) {
          waiter.below = covered;
          covered = waiter;
          coveredCount++;
        } else {
          heir = push(waiter);
          leftCount++;
          if (all) {
            LockSupport.unpark(waiter.thread);
          }
        }
      }
      waiter = below;
    }
    return new Sorted(covered, coveredCount, heir, leftCount);
  }

  /** Lets go of all segments; only after {@link #retire}. */
  void closeAll() throws IOException {
    closeFrom(current);
  }

  private static void closeFrom(Segment segment) throws IOException {
    Segment following = segment.followingOrNull();
    try {
      segment.close();
    } finally {
      if (following != null) {
        closeFrom(following);
      }
    }
  }

  /** Forces that were issued, one for each segment touched in a round. */
  long forces() {
    return forces.get();
  }
}
