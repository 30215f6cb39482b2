package io.drey;

import io.drey.Steps.Step;
import io.drey.engine.event.WriteOperation;
import io.drey.engine.log.MutationLog;
import io.drey.engine.log.Place;
import io.drey.engine.mutation.Applier;
import io.drey.engine.pool.FramePool;
import io.drey.engine.pool.Pins;
import io.drey.engine.pool.PoolExceededException;
import io.drey.engine.pool.WriteSet;
import io.drey.journal.JournalClosedException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Runs changes: everything that may wait or fail is done outside the gate, then the change is
 * checked, prepared, reserved, applied and published inside it, and acknowledged after it.
 *
 * <p>Changes of one key go on beside each other: each holds the latches of the blobs it changes,
 * and starts again when it meets another one. One that has done so for long, and one that must be
 * seen whole, goes in alone.
 *
 * <p>A walk that meets a blob out of memory, or a journal without room, leaves the gate, makes
 * ready what was missing and starts again; what was loaded stays pinned until the change is done.
 */
final class Writes {
  // What came of a try; a positive number is the blob that must be loaded first.
  private static final long DONE = 0;
  private static final long AGAIN = -1;
  private static final long FROZEN = -2;
  private static final long STALE = -3;

  private final OpenStore store;
  private final @Nullable MutationLog log;
  private final Spares<Beside> idle;

  /** What one change beside others works with. */
  private static final class Beside {
    final WriteSet writes;
    final Applier applier;
    final Place place = new Place();

    Beside(FramePool pool) {
      writes = new WriteSet(pool);
      applier = new Applier(writes);
    }
  }

  Writes(OpenStore store) {
    this.store = store;
    this.log = store.recovered.log();
    this.idle = new Spares<>(() -> new Beside(store.pool));
  }

  /** The largest body of one record, in bytes. */
  int maxBodyBytes() {
    return log("a change").maxBodyBytes();
  }

  private MutationLog log(String operation) {
    MutationLog open = log;
    if (open == null) {
      store.checkOpen();
      throw new ReadOnlyException(operation);
    }
    return open;
  }

  /** On return the change took place and is acknowledged, or it was decided that it does not. */
  void run(PendingChange change) {
    WriteOperation event = new WriteOperation();
    event.begin();
    LatencyRecorder latencies = change.recorder(store.latencies);
    long begun = latencies.begin();
    try {
      runTimed(change);
    } finally {
      change.closeSteps();
    }
    latencies.end(begun);
    event.end();
    if (event.shouldCommit()) {
      event.store = store.gate.store();
      event.operation = change.operation();
      event.applied = change.applied;
      event.recordBytes = change.applied ? change.body().length : 0;
      event.changes = change.applied ? change.seqCount() : 0;
      event.commit();
    }
  }

  private void runTimed(PendingChange change) {
    MutationLog open = log(change.operation());
    Pins pins = change.pins();
    int frames = store.residency.framesFor(change.framesAtMost());
    try {
      int met = 0;
      while (true) {
        store.awaitPace(change, pins);
        store.checkWritable(change.operation());
        prepareLog(open, change);
        int wanted = frames + FramePool.READER_FRAMES;
        int spare = ensureSpare(wanted, pins, change) ? wanted : 0;
        boolean beside = change.besideOthers() && met < Restarts.MOST;
        long outcome = beside ? tryBeside(open, change, frames) : tryAlone(open, change, spare);
        if (outcome == DONE) {
          break;
        }
        if (outcome == STALE) {
          Steps steps = steps(change);
          steps.begin();
          if (!store.pool.awaitEpoch()) {
            store.conflicts.met(met);
          }
          met++;
          steps.end(Step.CONFLICTS);
        } else if (outcome == FROZEN) {
          store.awaitThaw(pins);
        } else if (outcome != AGAIN) {
          Steps steps = steps(change);
          steps.begin();
          store.residency.load(outcome, pins);
          steps.end(Step.LOAD);
        }
      }
      store.residency.release(pins);
      if (change.applied) {
        acknowledge(open, change);
        store.changed();
      }
    } catch (PoolExceededException e) {
      throw new BatchTooLargeException(e.bytes(), store.config.poolBytes());
    } catch (JournalClosedException e) {
      throw new ClosedException("tree");
    } catch (IOException e) {
      throw store.failure(change.operation(), e);
    } finally {
      store.residency.release(pins);
    }
  }

  private Steps steps(PendingChange change) {
    return change.steps(store.gate.store());
  }

  private void prepareLog(MutationLog open, PendingChange change) throws IOException {
    int bodyBytes = change.bodyBytesAtMost();
    if (open.isPrepared(bodyBytes)) {
      return;
    }
    Steps steps = steps(change);
    steps.begin();
    open.prepare(bodyBytes);
    steps.end(Step.JOURNAL);
  }

  private boolean ensureSpare(int wanted, Pins pins, PendingChange change) throws IOException {
    if (store.residency.hasSpare(wanted)) {
      return store.residency.ensureSpare(wanted, pins);
    }
    Steps steps = steps(change);
    steps.begin();
    boolean made = store.residency.ensureSpare(wanted, pins);
    steps.end(Step.MEMORY);
    return made;
  }

  private void acknowledge(MutationLog open, PendingChange change) throws IOException {
    if (open.isAcknowledged(change.position)) {
      return;
    }
    Steps steps = steps(change);
    steps.begin();
    open.acknowledge(change.position);
    steps.end(Step.ACKNOWLEDGE);
  }

  private long tryBeside(MutationLog open, PendingChange change, int frames) {
    Beside beside = idle.take();
    boolean promised = false;
    long stamp = store.gate.tryEnterShared();
    if (stamp == 0) {
      Steps steps = steps(change);
      steps.begin();
      stamp = store.gate.enterShared();
      steps.end(Step.GATE);
    }
    try {
      promised = store.residency.promise(frames);
      long epoch = beside.writes.begin();
      return !promised ? AGAIN : tryOnce(open, change, beside.applier, beside.place, epoch);
    } catch (IndexOutOfBoundsException e) {
      throw store.damaged(e);
    } finally {
      beside.writes.release();
      if (promised) {
        store.residency.endPromise(frames);
      }
      store.gate.leaveShared(stamp);
      idle.give(beside);
    }
  }

  /**
   * @param spare places that are to be free when it begins
   */
  private long tryAlone(MutationLog open, PendingChange change, int spare) {
    long stamp = change.isLong() ? 0 : store.gate.tryEnter();
    if (stamp == 0) {
      Steps steps = steps(change);
      steps.begin();
      stamp = store.gate.enter();
      steps.end(Step.GATE);
    }
    try {
      return !store.residency.hasSpare(spare)
          ? AGAIN
          : tryOnce(open, change, store.applier, store.place, store.pool.epoch());
    } catch (IndexOutOfBoundsException e) {
      throw store.damaged(e);
    } finally {
      store.gate.leave(stamp);
    }
  }

  private long tryOnce(
      MutationLog open, PendingChange change, Applier applier, Place place, long epoch) {
    store.checkWritable(change.operation());
    if (store.isFrozen()) {
      return FROZEN;
    }
    long checked = change.check(applier);
    if (checked == PendingChange.REFUSED) {
      return DONE;
    }
    if (checked > 0) {
      return checked;
    }
    if (checked == PendingChange.STALE || !prepare(change, applier)) {
      return STALE;
    }
    byte[] body = change.body();
    if (!open.reserve(place, body.length, change.seqCount(), epoch)) {
      return store.pool.isOver(epoch) ? STALE : AGAIN;
    }
    apply(open, change, body, applier, place);
    return DONE;
  }

  /** What is prepared changes no content, but frames: what fails in it ends the store's writing. */
  private boolean prepare(PendingChange change, Applier applier) {
    try {
      return change.prepare(applier);
    } catch (RuntimeException | Error e) {
      store.health.fail(e);
      throw new StoreFailedException("preparing a change", e);
    }
  }

  /** From reserve on nothing may fail; what fails nevertheless ends the store's writing. */
  private void apply(
      MutationLog open, PendingChange change, byte[] body, Applier applier, Place place) {
    try {
      change.apply(applier, place.seq());
      change.applied = true;
      change.position = place.position();
    } catch (RuntimeException | Error e) {
      store.health.fail(e);
      throw new StoreFailedException("applying a change", e);
    } finally {
      if (change.applied) {
        open.publish(place, change.type(), body, body.length);
      } else {
        open.publishVoid(place);
      }
    }
  }
}
