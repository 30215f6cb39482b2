package io.drey;

import io.drey.engine.log.MutationLog;
import io.drey.engine.log.Place;
import io.drey.engine.pool.FramePool;
import io.drey.engine.pool.Pins;
import io.drey.journal.JournalClosedException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Runs changes: everything that may wait or fail is done outside the gate, then the change is
 * checked, reserved, applied and published inside it, and acknowledged after it.
 *
 * <p>A walk that meets a blob out of memory, or a journal without room, leaves the gate, makes
 * ready what was missing and starts again; what was loaded stays pinned until the change is done.
 */
final class Writes {
  private static final long DONE = 0;
  private static final long AGAIN = -1;
  private static final long FROZEN = -2;

  private final OpenStore store;
  private final @Nullable MutationLog log;

  Writes(OpenStore store) {
    this.store = store;
    this.log = store.recovered.log();
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
    MutationLog open = log(change.operation());
    Pins pins = new Pins();
    try {
      while (true) {
        store.checkWritable(change.operation());
        open.prepare(change.bodyBytesAtMost());
        store.residency.ensureSpare(FramePool.WRITER_FRAMES);
        long outcome = tryOnce(open, change);
        if (outcome == DONE) {
          break;
        }
        if (outcome == FROZEN) {
          store.awaitThaw();
        } else if (outcome != AGAIN) {
          store.residency.load(outcome, pins);
        }
      }
      if (change.applied) {
        open.acknowledge(change.position);
        store.changed();
      }
    } catch (JournalClosedException e) {
      throw new ClosedException("tree");
    } catch (IOException e) {
      throw store.failure(change.operation(), e);
    } finally {
      store.residency.release(pins);
    }
  }

  /** {@link #DONE}, {@link #AGAIN}, {@link #FROZEN}, or the blob that must be loaded first. */
  private long tryOnce(MutationLog open, PendingChange change) {
    long stamp = store.gate.enter();
    try {
      store.checkWritable(change.operation());
      if (store.isFrozen()) {
        return FROZEN;
      }
      if (!store.residency.hasSpare(FramePool.WRITER_FRAMES)) {
        return AGAIN;
      }
      long checked = check(change);
      if (checked != PendingChange.READY) {
        return checked == PendingChange.REFUSED ? DONE : checked;
      }
      byte[] body = change.body();
      Place place = store.place;
      if (!open.reserve(place, body.length, change.seqCount())) {
        return AGAIN;
      }
      apply(open, change, body, place);
      return DONE;
    } finally {
      store.gate.leave(stamp);
    }
  }

  private long check(PendingChange change) {
    try {
      return change.check(store.applier);
    } catch (IndexOutOfBoundsException e) {
      throw OpenStore.damaged(e);
    }
  }

  /** From reserve on nothing may fail; what fails nevertheless ends the store's writing. */
  private void apply(MutationLog open, PendingChange change, byte[] body, Place place) {
    try {
      change.apply(store.applier, place.seq());
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
