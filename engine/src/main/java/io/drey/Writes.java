package io.drey;

import io.drey.engine.log.Mutation;
import io.drey.engine.log.MutationCodec;
import io.drey.engine.log.MutationLog;
import io.drey.engine.log.MutationType;
import io.drey.engine.log.Place;
import io.drey.engine.mutation.Applier;
import io.drey.engine.pool.FramePool;
import io.drey.engine.pool.Pins;
import io.drey.journal.JournalClosedException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs one change: everything that may wait or fail is done outside the gate, then the change is
 * checked, reserved, applied and published inside it, and acknowledged after it.
 *
 * <p>A walk that meets a blob out of memory, or a journal without room, leaves the gate, makes
 * ready what was missing and starts again; what was loaded stays pinned until the change is done.
 */
final class Writes {
  private final OpenStore store;
  private final @Nullable MutationLog log;

  Writes(OpenStore store) {
    this.store = store;
    this.log = store.recovered.log();
  }

  private MutationLog log() {
    MutationLog open = log;
    if (open == null) {
      throw new ReadOnlyException("a change");
    }
    return open;
  }

  /** One try inside the gate. */
  private interface Attempt {
    /**
     * Returns {@link #DONE}, {@link #AGAIN}, or the blob that must be loaded first. Reserves at
     * most once, and then applies and publishes.
     */
    long run(Applier applier, Place place);
  }

  private static final long DONE = 0;
  private static final long AGAIN = -1;
  private static final long FROZEN = -2;

  /** Runs a change of one key; the result stands in it. */
  void run(String operation, KeyChange change) {
    byte[] value = change.value;
    byte[] body =
        value != null ? MutationCodec.put(change.key, value) : MutationCodec.delete(change.key);
    boolean acknowledged =
        run(operation, body.length, (applier, place) -> attempt(change, body, applier, place));
    assert acknowledged == change.applied;
  }

  private long attempt(KeyChange change, byte[] body, Applier applier, Place place) {
    long missing = applier.walk(change.key);
    if (missing != 0) {
      return missing;
    }
    boolean present = applier.found();
    if (!change.admits(present, present ? applier.version() : 0)) {
      return DONE;
    }
    if (!log().reserve(place, body.length, 1)) {
      return AGAIN;
    }
    if (present && change.wanted == KeyChange.Previous.RETURNED) {
      change.previous = applier.value();
    }
    byte[] value = change.value;
    apply(
        place,
        value != null ? MutationType.PUT : MutationType.DELETE,
        body,
        () -> {
          if (value != null) {
            applier.put(change.key, value, place.seq());
          } else {
            applier.delete(change.key);
          }
        });
    change.applied = true;
    return DONE;
  }

  /** Moves a record; both keys are physical and within the limit. */
  void rename(byte[] source, byte[] target, Existing existing) {
    byte[] body = MutationCodec.rename(source, target);
    run(
        "rename",
        body.length,
        (applier, place) -> {
          long missing = applier.walk(target);
          if (missing != 0) {
            return missing;
          }
          boolean occupied = applier.found();
          missing = applier.walk(source);
          if (missing != 0) {
            return missing;
          }
          if (!applier.found()) {
            throw new KeyNotFoundException(TreeKeys.user(source));
          }
          if (Arrays.equals(source, target)) {
            return DONE;
          }
          if (occupied && existing == Existing.KEEP) {
            throw new KeyExistsException(TreeKeys.user(target));
          }
          if (!log().reserve(place, body.length, 1)) {
            return AGAIN;
          }
          apply(
              place,
              MutationType.RENAME,
              body,
              () -> applier.applyAll(List.of(new Mutation.Rename(source, target)), place.seq()));
          return DONE;
        });
  }

  /** Runs a planned batch; false = a guard failed and nothing changed. */
  boolean run(BatchPlan plan) {
    plan.checkSize(log().maxBodyBytes());
    run(
        "atomic",
        plan.bodyBytesAtMost(),
        (applier, place) -> {
          long missing = plan.evaluate(applier, store.pool);
          if (missing != 0) {
            return missing;
          }
          if (!plan.admitted() || plan.mutations().isEmpty()) {
            return DONE;
          }
          byte[] body = MutationCodec.batch(plan.mutations());
          if (!log().reserve(place, body.length, plan.mutations().size())) {
            return AGAIN;
          }
          apply(
              place,
              MutationType.BATCH,
              body,
              () -> applier.applyAll(plan.mutations(), place.seq()));
          return DONE;
        });
    return plan.admitted();
  }

  /** Returns whether the attempt reserved, and so changed something that is now acknowledged. */
  private boolean run(String operation, int bodyBytes, Attempt attempt) {
    Place place = new Place();
    Pins pins = new Pins();
    try {
      while (true) {
        store.checkWritable(operation);
        log().prepare(bodyBytes);
        store.residency.ensureSpare(FramePool.SPARE_FRAMES);
        long outcome = tryOnce(operation, attempt, place);
        if (outcome == DONE) {
          break;
        }
        if (outcome == FROZEN) {
          store.awaitThaw();
        } else if (outcome != AGAIN) {
          store.residency.load(outcome, pins);
        }
      }
      if (place.isTaken()) {
        log().acknowledge(place);
        store.changed();
      }
      return place.isTaken();
    } catch (JournalClosedException e) {
      throw new ClosedException("tree");
    } catch (IOException e) {
      throw store.failure(operation, e);
    } finally {
      store.residency.release(pins);
    }
  }

  private long tryOnce(String operation, Attempt attempt, Place place) {
    long stamp = store.gate.enter();
    try {
      store.checkWritable(operation);
      if (store.isFrozen()) {
        return FROZEN;
      }
      if (!store.residency.hasSpare(FramePool.SPARE_FRAMES)) {
        return AGAIN;
      }
      return attempt.run(store.applier, place);
    } finally {
      store.gate.leave(stamp);
    }
  }

  /** From reserve on nothing may fail; what fails nevertheless ends the store's writing. */
  private void apply(Place place, int type, byte[] body, Runnable change) {
    boolean applied = false;
    try {
      change.run();
      applied = true;
    } catch (RuntimeException | Error e) {
      store.health.fail(e);
      throw new StoreFailedException("applying a change", e);
    } finally {
      if (applied) {
        log().publish(place, type, body, body.length);
      } else {
        log().publishVoid(place);
      }
    }
  }
}
