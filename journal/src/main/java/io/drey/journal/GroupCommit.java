package io.drey.journal;

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
 * hand-over; the others put themselves on a stack and park. After its round the leader takes the
 * stack, wakes every waiter the round has covered and puts the rest back; only then it gives up the
 * lead. WHY: one of those it wakes may commit at once, on another processor, while the others are
 * still to be woken; it finds a leader and waits with them, where it would force its one record.
 *
 * <p>Nobody sleeps for ever: a waiter is on the stack before it tries to lead for the last time,
 * and a leader looks at the stack again after it has given up the lead; so of two that meet, one
 * sees the other. Waiters put back are followed by a wake-up of one of them, which finds either no
 * leader, or one that will look at the stack after this. It leads the next round, unless a running
 * committer is faster.
 *
 * <p>INVARIANT J2: a round reads the published end, forces all segments up to it, oldest first, and
 * moves the forced end only then. INVARIANT J6: a failed round is the last.
 */
final class GroupCommit {

  /** No record lies here: whoever waits for it wants the lead itself. */
  private static final long NEVER = Long.MAX_VALUE;

  private final Tail tail;
  private final Health health;
  private final long storeNumber;
  private final AtomicBoolean led = new AtomicBoolean();
  private final AtomicReference<@Nullable Waiter> waiters = new AtomicReference<>();
  private final AtomicLong forces = new AtomicLong();

  /** Whether the last round has covered other commits than its leader's: a guess of the next. */
  private volatile boolean shared;

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
        gather(position);
        event = new JournalForce();
        event.queueTime = System.nanoTime() - arrived;
        event.begin();
        round(event);
      }
    } finally {
      int woken = giveUpLead();
      if (event != null) {
        shared = woken > 0;
        tell(event, woken + 1);
      }
    }
  }

  /** How many it woke that need not wait any more. */
  private int giveUpLead() {
    int woken;
    try {
      woken = wake();
    } finally {
      led.set(false);
    }
    return woken + wake();
  }

  /**
   * Returns when there is something to force, and not without those that are about to commit.
   *
   * <p>WHY the yield: the virtual threads that the last round woke are queued on the carriers.
   * Behind them the leader finds their next records published, and one force covers nearly all
   * where it would cover half; and no carrier is blocked by a force that others wait for. Platform
   * threads are spread by the system, which knows better.
   */
  @SuppressWarnings("ThreadPriorityCheck") // nothing relies on the yield
  private void gather(long position) throws JournalFailedException {
    if (shared && Thread.currentThread().isVirtual()) {
      Thread.yield();
    }
    if (tail.publishedEnd() == tail.forcedEnd()) {
      tail.awaitPublished(position);
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

  /**
   * Takes the stack, wakes whoever need not wait any more and one of the others, who are put back;
   * all of them if the journal has an end. How many need not wait.
   */
  private int wake() {
    boolean all = !health.isOpen();
    int covered = 0;
    Waiter heir = null;
    Waiter waiter = waiters.getAndSet(null);
    while (waiter != null) {
      Waiter below = waiter.below;
      if (!waiter.gone) {
        if (waiter.position < tail.forcedEnd()) {
          LockSupport.unpark(waiter.thread);
          covered++;
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
    return covered;
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
