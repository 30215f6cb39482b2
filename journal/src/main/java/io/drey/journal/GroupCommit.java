package io.drey.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
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
 * <p>INVARIANT J2: a round reads the published end, forces all segments up to it, oldest first, and
 * moves the forced end only then. INVARIANT J6: a failed round is the last.
 */
final class GroupCommit {

  private static final class Waiter {
    final Thread thread = Thread.currentThread();
    final long position;
    @Nullable Waiter below;
    volatile boolean gone;

    Waiter(long position) {
      this.position = position;
    }
  }

  /** No record lies here: whoever waits for it wants the lead itself. */
  private static final long NEVER = Long.MAX_VALUE;

  private final Tail tail;
  private final Health health;
  private final long storeNumber;
  private final AtomicBoolean led = new AtomicBoolean();
  private final AtomicReference<@Nullable Waiter> waiters = new AtomicReference<>();
  private final ConcurrentLinkedQueue<Segment> forcedOut = new ConcurrentLinkedQueue<>();
  private final AtomicLong forces = new AtomicLong();

  /** The segment in which the forced end lies; the leader's own. */
  private Segment current;

  GroupCommit(Tail tail, Segment first, Health health, long storeNumber) {
    this.tail = tail;
    this.current = first;
    this.health = health;
    this.storeNumber = storeNumber;
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
        self.gone = true;
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
      if (event != null && event.shouldCommit()) {
        event.store = storeNumber;
        event.commits = woken + 1;
        event.commit();
      }
    }
  }

  private void round(JournalForce event) throws JournalFailedException {
    health.checkAlive();
    long target = tail.publishedEnd();
    int from = Position.offset(tail.forcedEnd());
    try {
      while (current.link().number() != Position.segment(target)) {
        force(event, current, from, current.sealedEnd());
        forcedOut.add(current);
        current = current.following();
        from = Segment.START;
      }
      force(event, current, from, Position.offset(target));
    } catch (Throwable e) {
      event.failure = e.toString();
      health.fail(e);
      health.checkAlive();
    } finally {
      event.end();
    }
    tail.forcedEnd(target);
  }

  private void force(JournalForce event, Segment segment, int from, int to) throws IOException {
    if (from < to) {
      segment.force(from, to);
      event.segments++;
      event.bytes += to - from;
      forces.incrementAndGet();
    }
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
    Waiter waiter = waiters.getAndSet(null);
    if (waiter == null) {
      return 0;
    }
    boolean all = !health.isOpen();
    Waiter heir = null;
    List<Waiter> covered = new ArrayList<>();
    while (waiter != null) {
      Waiter below = waiter.below;
      if (!waiter.gone) {
        if (waiter.position < tail.forcedEnd()) {
          covered.add(waiter);
        } else {
          heir = push(waiter);
          if (all) {
            LockSupport.unpark(waiter.thread);
          }
        }
      }
      waiter = below;
    }
    if (heir != null) {
      LockSupport.unpark(heir.thread);
    }
    for (Waiter done : covered) {
      LockSupport.unpark(done.thread);
    }
    return covered.size();
  }

  /** Unmaps segments that are forced out and lie before segment {@code number}. */
  void closeForcedOut(long number) {
    for (Segment head = forcedOut.peek();
        head != null && head.link().number() < number;
        head = forcedOut.peek()) {
      head.close();
      forcedOut.poll();
    }
  }

  /** Unmaps all segments; only after {@link #retire}. */
  void closeAll() {
    closeForcedOut(Long.MAX_VALUE);
    for (Segment segment = current; segment != null; segment = segment.followingOrNull()) {
      segment.close();
    }
  }

  /** Forces that were issued, one for each segment touched in a round. */
  long forces() {
    return forces.get();
  }
}
