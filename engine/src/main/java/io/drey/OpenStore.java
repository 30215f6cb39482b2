package io.drey;

import io.drey.engine.checkpoint.Checkpointer;
import io.drey.engine.event.Damage;
import io.drey.engine.log.Health;
import io.drey.engine.log.MutationLog;
import io.drey.engine.log.Place;
import io.drey.engine.mutation.Applier;
import io.drey.engine.pool.FramePool;
import io.drey.engine.pool.Gate;
import io.drey.engine.pool.Pins;
import io.drey.engine.pool.PoolClosedException;
import io.drey.engine.pool.Residency;
import io.drey.engine.recovery.Recovered;
import io.drey.engine.recovery.Resources;
import io.drey.engine.snapshot.PastFrames;
import io.drey.journal.JournalFailedException;
import io.drey.vfs.FileClosedException;
import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Everything behind the handles of one open store, and the state that all of them check: open,
 * writable, not failed.
 */
final class OpenStore {
  final TreeConfig config;
  final Recovered recovered;
  final Gate gate;
  final FramePool pool;
  final Residency residency;
  final Health health;
  final Resources resources;

  /** Used inside the gate, alone. */
  final Applier applier;

  /** Used inside the gate, alone. */
  final Place place = new Place();

  final @Nullable Checkpointer checkpointer;

  /** Held while the store is closed; never inside the gate. */
  final ReentrantLock closing = new ReentrantLock();

  /** Point reads, of the tree and of its snapshots. */
  final LongAdder lookups = new LongAdder();

  final Latencies latencies = new Latencies();
  final OpenSnapshots snapshots = new OpenSnapshots();

  /** Optimistic reads and sections that met a change and were repeated. */
  final Restarts restarts = new Restarts();

  /** Changes that met another one and were tried again. */
  final Restarts conflicts = new Restarts();

  /** Checks under way, guarded by the gate: while there are any, nothing changes the tree. */
  private int freezes;

  private final ReentrantLock thaw = new ReentrantLock();
  private final Condition thawed = thaw.newCondition();

  /** Closed before the store is. */
  final PeriodicStatistics statistics;

  /** Set inside the gate, alone: whoever is inside finds the memory alive or the store closed. */
  private volatile boolean closed;

  OpenStore(TreeConfig config, Recovered recovered, @Nullable Checkpointer checkpointer) {
    this.config = config;
    this.recovered = recovered;
    this.gate = recovered.gate();
    this.pool = recovered.pool();
    this.residency = recovered.residency();
    this.health = recovered.health();
    this.resources = recovered.resources();
    this.applier = new Applier(pool);
    this.checkpointer = checkpointer;
    this.statistics = new PeriodicStatistics(this);
  }

  /** Throws when the store is closed. Inside the gate the answer holds until the gate is left. */
  void checkOpen() {
    if (closed) {
      throw new ClosedException("tree");
    }
  }

  /** Throws unless a change named {@code operation} may be tried; gives what it is logged to. */
  MutationLog checkWritable(String operation) {
    checkOpen();
    MutationLog log = recovered.log();
    if (log == null) {
      throw new ReadOnlyException(operation);
    }
    Throwable failure = health.failure();
    if (failure != null) {
      throw new StoreFailedException("an earlier write", failure);
    }
    return log;
  }

  /** Refuses everything from now on; false when that was so before. */
  boolean close() {
    long stamp = gate.enter();
    try {
      boolean first = !closed;
      closed = true;
      return first;
    } finally {
      gate.leave(stamp);
    }
  }

  /** From its return until {@link #unfreeze} the tree's content and structure stay as they are. */
  void freeze() {
    long stamp = gate.enter();
    try {
      checkOpen();
      freezes++;
    } finally {
      gate.leave(stamp);
    }
  }

  void unfreeze() {
    long stamp = gate.enter();
    try {
      freezes--;
    } finally {
      gate.leave(stamp);
    }
    thaw.lock();
    try {
      thawed.signalAll();
    } finally {
      thaw.unlock();
    }
  }

  /** Inside the gate, alone. */
  boolean isFrozen() {
    return freezes > 0;
  }

  /** Returns when the tree may have thawed; outside the gate, with nothing pinned meanwhile. */
  void awaitThaw(Pins pins) {
    if (isFrozenNow()) {
      residency.release(pins);
    }
    thaw.lock();
    try {
      while (isFrozenNow()) {
        thawed.awaitUninterruptibly();
      }
    } finally {
      thaw.unlock();
    }
  }

  private boolean isFrozenNow() {
    long stamp = gate.enterShared();
    try {
      return freezes > 0;
    } finally {
      gate.leaveShared(stamp);
    }
  }

  /**
   * Begins an epoch, an {@link io.drey.engine.pool.EpochEnd} being open; the last change before.
   */
  long beginEpoch(long epoch) {
    MutationLog log = recovered.log();
    return log != null ? log.beginEpoch(epoch) : recovered.findings().lastSeq();
  }

  /**
   * A snapshot is closed; one that outlives its store has nothing to give back any more.
   *
   * @return images that were kept for snapshots alone
   */
  int forget(PastFrames past) {
    long stamp = gate.enterShared();
    try {
      if (closed) {
        return 0;
      }
      int images = pool.oldImages();
      past.close();
      return images;
    } finally {
      gate.leaveShared(stamp);
    }
  }

  /**
   * Returns when a change may begin, however far the checkpoints are; outside the gate. Nothing is
   * pinned while it waits: the round may have to load what others have pinned.
   */
  void awaitPace(PendingChange change, Pins pins) throws IOException {
    Checkpointer running = checkpointer;
    if (running != null && running.isToWait(change.effect())) {
      Steps steps = change.steps(gate.store());
      steps.begin();
      residency.release(pins);
      running.awaitPace(change.effect());
      steps.end(Steps.Step.PACE);
    }
  }

  /** Wakes the checkpointer when a round is due. */
  void changed() {
    Checkpointer running = checkpointer;
    if (running != null) {
      running.nudge();
    }
  }

  /**
   * The typed error for a walk that left its frame. Images are verified when they are read, so the
   * memory itself is damaged, or the tree is.
   */
  CorruptionException damaged(IndexOutOfBoundsException cause) {
    CorruptionException damaged =
        new CorruptionException(
            Check.NODE_BOUNDS,
            null,
            Violation.NONE,
            Violation.NONE,
            "a walk in memory left its frame: " + cause.getMessage());
    damaged.initCause(cause);
    Damage.tell(gate.store(), damaged);
    return damaged;
  }

  /** The typed error for an I/O failure met while doing {@code operation}. */
  DreyException failure(String operation, IOException cause) {
    if (cause instanceof JournalFailedException) {
      health.fail(cause);
    }
    boolean afterClose = closed && cause instanceof FileClosedException;
    if (afterClose || cause instanceof PoolClosedException) {
      return new ClosedException("tree");
    }
    if (health.failure() != null) {
      return new StoreFailedException(operation, IoErrors.thrown(cause));
    }
    return IoErrors.typed(operation, cause);
  }
}
