package io.drey;

import io.drey.engine.checkpoint.CheckpointParts;
import io.drey.engine.checkpoint.Checkpointer;
import io.drey.engine.event.JournalStatistics;
import io.drey.engine.event.LatencyStatistics;
import io.drey.engine.event.PoolStatistics;
import io.drey.engine.event.SpaceStatistics;
import io.drey.engine.event.TreeStatistics;
import io.drey.engine.layout.FrameSize;
import io.drey.engine.pool.BlobFigures;
import io.drey.engine.pool.ImageStore;
import io.drey.engine.store.SlotSet;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;

/**
 * The periodic events of one store, from its opening to its close: out of counters, with no frame
 * read and no mark of use touched. Recordings call it from a thread of theirs, one event at a time.
 */
final class PeriodicStatistics implements AutoCloseable {
  /** Those of open stores; of one that is given up without being closed until it is collected. */
  private static final Set<PeriodicStatistics> OPEN =
      Collections.newSetFromMap(new WeakHashMap<>());

  static {
    add(PoolStatistics.class, PeriodicStatistics::pool);
    add(JournalStatistics.class, PeriodicStatistics::journal);
    add(SpaceStatistics.class, PeriodicStatistics::space);
    add(TreeStatistics.class, PeriodicStatistics::tree);
    add(LatencyStatistics.class, PeriodicStatistics::latencies);
  }

  private final OpenStore store;
  private final long number;

  // What was seen by the last event of its kind.
  private long lookupsBefore;
  private long missesBefore;
  private long appendedBefore;
  private long nanosBefore = System.nanoTime();

  PeriodicStatistics(OpenStore store) {
    this.store = store;
    this.number = store.gate.store();
  }

  /** Begins to tell of the store. */
  void begin() {
    synchronized (OPEN) {
      OPEN.add(this);
    }
  }

  private static void add(Class<? extends Event> type, Consumer<PeriodicStatistics> hook) {
    FlightRecorder.addPeriodicEvent(
        type,
        () -> {
          // WHY under the lock: what is closed is not asked any more once close() has returned.
          synchronized (OPEN) {
            OPEN.forEach(hook);
          }
        });
  }

  /** From its return on nothing of the store is touched. */
  @Override
  public void close() {
    synchronized (OPEN) {
      OPEN.remove(this);
    }
  }

  private void latencies() {
    store.latencies.tell(number);
  }

  private void pool() {
    PoolStatistics event = new PoolStatistics();
    long lookups = store.lookups.sum();
    long loads = store.residency.loads();
    long pageReads = store.residency.cold().pageReads();
    event.store = number;
    event.bytes = store.pool.memoryBytes();
    event.limit = store.config.poolBytes();
    event.frames = store.pool.places();
    event.free = store.pool.freePlaces();
    event.dirty = store.pool.dirtyFrames();
    event.lookups = lookups;
    event.loads = loads;
    event.evictions = store.residency.evictions();
    event.spills = store.residency.spills();
    event.pageReads = pageReads;
    event.pageHits = store.residency.cold().pageHits();
    long looked = lookups - lookupsBefore;
    long missed = loads + pageReads - missesBefore;
    event.missShare = looked <= 0 ? 0 : Math.min(1, (float) missed / looked);
    event.restarts = store.restarts.count();
    event.conflicts = store.conflicts.count();
    event.commit();
    lookupsBefore = lookups;
    missesBefore = loads + pageReads;
  }

  private void journal() {
    CheckpointParts parts = store.recovered.checkpoints();
    Checkpointer rounds = store.checkpointer;
    if (parts == null || rounds == null) {
      return;
    }
    JournalStatistics event = new JournalStatistics();
    long now = System.nanoTime();
    long appended = parts.log().bytes();
    event.store = number;
    event.appended = appended;
    event.rate = (long) ((appended - appendedBefore) * 1e9 / Math.max(1, now - nanosBefore));
    event.sinceCheckpoint = parts.log().bytesSinceCut();
    event.limit = rounds.limitBytes();
    event.forces = parts.log().forces();
    event.seq = parts.log().lastSeq();
    event.commit();
    appendedBefore = appended;
    nanosBefore = now;
  }

  private void space() {
    ImageStore images = store.recovered.images();
    SpaceStatistics event = new SpaceStatistics();
    event.store = number;
    if (images != null) {
      SlotSet.Counts slots = images.slotCounts();
      event.live = (slots.live() + slots.written()) * FrameSize.BYTES;
      event.free = slots.free() * FrameSize.BYTES;
      event.quarantined = slots.quarantined() * FrameSize.BYTES;
    }
    long stamp = store.pool.ledger().enter();
    try {
      event.snapshots = store.pool.snapshots();
      event.snapshotImages = store.pool.oldImages();
    } finally {
      store.pool.ledger().leave(stamp);
    }
    event.oldestSnapshot = store.snapshots.oldestNanos();
    event.commit();
  }

  private void tree() {
    TreeStatistics event = new TreeStatistics();
    long stamp = store.pool.ledger().enter();
    try {
      store.pool.figures(figures -> add(event, figures), _ -> {});
    } finally {
      store.pool.ledger().leave(stamp);
    }
    event.store = number;
    event.fill =
        event.blobs == 0 ? 0 : (float) event.used / ((float) event.blobs * FrameSize.BYTES);
    event.splits = store.pool.splits();
    event.merges = store.pool.merges();
    event.commit();
  }

  private static void add(TreeStatistics event, BlobFigures figures) {
    event.blobs++;
    event.records += figures.leaves();
    event.used += figures.bytesUsed();
    event.gaps += figures.gapBytes();
    event.edges += figures.edges();
  }
}
