package io.drey.engine.checkpoint;

import io.drey.CheckpointPolicy;
import io.drey.engine.log.Health;
import io.drey.vfs.Threads;
import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Runs rounds, one at a time: for whoever asks by {@link #checkpoint}, and on its own thread when
 * the policy says that one is due.
 *
 * <p>A round is due when the log since the last one has outgrown the policy, when so large a share
 * of the pool is dirty, or when changes are older than the interval; by share or age only where it
 * pays. A failed background round is repeated when next due; its error is kept for {@link
 * #failure}.
 */
public final class Checkpointer implements AutoCloseable {
  /** Changes a dirty frame should have gathered before its whole image is written. */
  private static final long CHANGES_PER_FRAME = 1000;

  /** The journal's hard limit in units of the policy's bytes, and of segments: the larger one. */
  private static final long LIMIT_UNITS = 4;

  private final CheckpointParts parts;
  private final CheckpointPolicy policy;
  private final Health health;

  /** Held for a whole round. */
  private final ReentrantLock rounds = new ReentrantLock();

  private final ReentrantLock wakeLock = new ReentrantLock();
  private final Condition wake = wakeLock.newCondition();
  private @Nullable RoundReason due;
  private boolean closing;
  private volatile boolean nudged;
  private volatile long seqAtRound;
  private volatile @Nullable IOException failure;
  private @Nullable Thread thread;

  /** Where writers wait for rounds; null = nobody runs rounds by himself. */
  private @Nullable Backpressure backpressure;

  /** The first file of the log since the last successful round; guarded by {@link #rounds}. */
  private long beginFile;

  private final LongAdder attempted = new LongAdder();
  private final LongAdder succeeded = new LongAdder();

  public Checkpointer(CheckpointParts parts, CheckpointPolicy policy) {
    this.parts = parts;
    this.policy = policy;
    this.health = parts.health();
    this.seqAtRound = parts.log().lastSeq();
  }

  /**
   * Starts the background thread, one of {@code threads} and in their time, where the policy wants
   * one.
   */
  public void start(Threads threads) {
    if (policy.background()) {
      backpressure =
          new Backpressure(
              parts.log(),
              health,
              journalLimitBytes(),
              () -> request(RoundReason.BACK_PRESSURE),
              parts.gate().store());
      Thread started = threads.unstarted("drey-checkpoint", () -> background(threads));
      thread = started;
      started.start();
    }
  }

  private long journalLimitBytes() {
    long unit = Math.max(policy.journalBytes(), parts.log().fileBytes());
    return unit > Long.MAX_VALUE / (2 * LIMIT_UNITS) ? Long.MAX_VALUE / 2 : LIMIT_UNITS * unit;
  }

  /** The journal's bytes at which writers begin to wait; 0 = they never do. */
  public long limitBytes() {
    return backpressure == null ? 0 : journalLimitBytes();
  }

  /** Whether {@link #awaitPace} would wait now. */
  public boolean isToWait(Backpressure.Effect effect) {
    Backpressure pace = backpressure;
    return pace != null && pace.isToWait(effect);
  }

  /**
   * Returns when a change may begin: at once unless the journal has outgrown the policy by far; see
   * {@link Backpressure#await}. Without a background thread the journal is the user's to bound.
   */
  public void awaitPace(Backpressure.Effect effect) throws IOException {
    Backpressure pace = backpressure;
    if (pace != null) {
      pace.await(effect);
    }
  }

  /**
   * Writes the state of this moment down and returns when it is durable; a round that another
   * thread began earlier is waited for first. Without changes it returns at once.
   */
  public void checkpoint(RoundReason reason) throws IOException {
    rounds.lock();
    try {
      if (hasChanges()) {
        run(reason);
      }
    } finally {
      rounds.unlock();
    }
  }

  /**
   * As {@link #checkpoint}, and then gives file space back: images in the file's tail move to free
   * slots further down, and the file is cut behind the last live slot.
   */
  public void checkpointAndTrim() throws IOException {
    rounds.lock();
    try {
      if (hasChanges()) {
        run(RoundReason.CALL);
      }
      new TailRelocation(parts).run(() -> run(RoundReason.TRIM));
    } finally {
      rounds.unlock();
    }
  }

  /** Runs {@code work} while no round is under way. */
  public void between(Rounds work) throws IOException {
    rounds.lock();
    try {
      work.run();
    } finally {
      rounds.unlock();
    }
  }

  private void run(RoundReason reason) throws IOException {
    attempted.increment();
    Backpressure pace = backpressure;
    if (pace == null) {
      runRound(reason);
      return;
    }
    pace.roundBegins();
    IOException met = null;
    boolean done = false;
    try {
      runRound(reason);
      done = true;
    } catch (IOException e) {
      met = e;
      throw e;
    } finally {
      if (done) {
        pace.roundSucceeded(beginFile);
      } else {
        pace.roundFailed(met);
      }
    }
  }

  private void runRound(RoundReason reason) throws IOException {
    beginFile = new Round(parts, reason).run();
    succeeded.increment();
    failure = null;
    seqAtRound = parts.log().lastSeq();
  }

  private boolean hasChanges() {
    Backpressure pace = backpressure;
    return parts.pool().hasChanges() || (pace != null && pace.isMet());
  }

  /** By the journal's length; by the dirty share only where a frame gathered enough changes. */
  private @Nullable RoundReason whyDue() {
    if (parts.log().bytesSinceCut() >= policy.journalBytes()) {
      return RoundReason.JOURNAL;
    }
    int dirty = parts.pool().dirtyFrames();
    return dirty > policy.dirtyShare() * parts.residency().limitFrames()
            && parts.log().lastSeq() - seqAtRound >= CHANGES_PER_FRAME * dirty
        ? RoundReason.DIRTY_SHARE
        : null;
  }

  /** Why the last round failed; null = it succeeded or there was none. */
  public @Nullable IOException failure() {
    return failure;
  }

  /** Called after a change; a few loads unless a round is due. */
  public void nudge() {
    if (thread != null && !nudged) {
      RoundReason reason = whyDue();
      if (reason != null) {
        nudged = true;
        request(reason);
      }
    }
  }

  private void request(RoundReason reason) {
    wakeLock.lock();
    try {
      due = reason;
      wake.signal();
    } finally {
      wakeLock.unlock();
    }
  }

  private void background(Threads threads) {
    for (RoundReason reason = awaitDue(threads); reason != null; reason = awaitDue(threads)) {
      try {
        if (health.failure() == null && hasChanges()) {
          checkpoint(reason);
        } else if (backpressure != null) {
          backpressure.noRound();
        }
      } catch (IOException e) {
        failure = e;
      } catch (RuntimeException | Error e) {
        health.fail(e);
      } finally {
        nudged = false;
      }
    }
  }

  /** Why a round is due, by request or by age; null when the store closes. */
  private @Nullable RoundReason awaitDue(Threads threads) {
    long left = policy.interval().toNanos();
    wakeLock.lock();
    try {
      while (due == null && !closing && left > 0) {
        left = threads.awaitNanos(wakeLock, wake, left);
      }
      RoundReason reason = due;
      due = null;
      return closing ? null : reason != null ? reason : RoundReason.INTERVAL;
    } catch (InterruptedException e) {
      return closing ? null : RoundReason.INTERVAL;
    } finally {
      wakeLock.unlock();
    }
  }

  /** Stops the thread; a round under way ends first. */
  @Override
  public void close() {
    if (backpressure != null) {
      backpressure.close();
    }
    wakeLock.lock();
    try {
      closing = true;
      wake.signalAll();
    } finally {
      wakeLock.unlock();
    }
    Thread running = thread;
    boolean interrupted = false;
    while (running != null && running.isAlive()) {
      try {
        running.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  public long attempted() {
    return attempted.sum();
  }

  public long succeeded() {
    return succeeded.sum();
  }
}
