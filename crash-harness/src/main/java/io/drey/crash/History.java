package io.drey.crash;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was asked of a store and what it answered, and so which states it may recover.
 *
 * <p>The operations form a chain; a store may recover the state after any prefix of it that is not
 * shorter than what it acknowledged, as far as the acknowledgement survives that kind of crash, and
 * not longer than what was started. One history follows a store through one life, from an open to
 * its end; {@link #resumed} and {@link #settled} begin the history of the next.
 *
 * <p>Written by one thread. {@link #judge}, {@link #allowed} and what begins a next life may be
 * called by many threads once the last writing call has happened.
 */
public final class History {
  /** One operation of the chain and what it does to the state before it. */
  record Step(Operation operation, List<Change> changes, Digest after) {}

  /** A key and its values before and after; null = absent. */
  record Change(Bytes key, @Nullable Bytes before, @Nullable Bytes after) {}

  private final NavigableMap<Bytes, Bytes> initial;
  private final Digest initialDigest;
  private final List<Step> steps = new ArrayList<>();

  /** The state after all of the chain, changed by operations as they start. */
  private final TreeMap<Bytes, Bytes> started;

  /** The state after the acknowledged part of the chain. */
  private final TreeMap<Bytes, Bytes> model;

  private int acknowledged;
  private int processKill;
  private int powerLoss;
  private long highestVersion;

  /** Whether the last operation has neither been acknowledged nor failed. */
  private boolean open;

  private @Nullable String versionGivenTwice;

  /** A store that holds {@code initial}, all of it durable. */
  public History(NavigableMap<Bytes, Bytes> initial) {
    this(new TreeMap<>(initial), 0);
  }

  private History(NavigableMap<Bytes, Bytes> initial, long highestVersion) {
    this.initial = Collections.unmodifiableNavigableMap(initial);
    this.initialDigest = digest(initial);
    this.started = new TreeMap<>(initial);
    this.model = new TreeMap<>(initial);
    this.highestVersion = highestVersion;
  }

  /**
   * The operation is about to be done. Until {@link #acknowledged} or {@link #failed} is called,
   * which may be never, it may or may not have taken place.
   */
  public void started(Operation operation) {
    if (open) {
      throw new IllegalStateException("the operation before has not ended");
    }
    List<Change> changes = new ArrayList<>();
    operation.applyTo(
        new RecordedMap(
            started, (key, before, after) -> changes.add(new Change(key, before, after))));
    steps.add(
        new Step(operation, List.copyOf(changes), digestAfter(digest(steps.size()), changes)));
    open = true;
  }

  /**
   * The operation started last took place. A version that is not above every earlier one is
   * remembered, and every judgement from now on reports it.
   */
  public void acknowledged(Ack ack) {
    end();
    long version = ack.version();
    if (version != 0 && version <= highestVersion && versionGivenTwice == null) {
      versionGivenTwice =
          "version %d given to operation %d, %s, when %d had been acknowledged"
              .formatted(version, steps.size(), steps.getLast().operation, highestVersion);
    }
    highestVersion = Math.max(highestVersion, version);
    for (; acknowledged < steps.size(); acknowledged++) {
      apply(steps.get(acknowledged), model);
    }
    if (ack.promise().compareTo(Promise.PROCESS_KILL) >= 0) {
      processKill = acknowledged;
    }
    if (ack.promise().compareTo(Promise.POWER_LOSS) >= 0) {
      powerLoss = acknowledged;
    }
  }

  /**
   * The operation started last failed. After {@link Failure#NOT_APPLIED} it is out of the chain,
   * after anything else it stays in doubt.
   */
  public void failed(Failure failure) {
    end();
    if (failure == Failure.NOT_APPLIED) {
      List<Change> undone = new ArrayList<>(steps.removeLast().changes);
      Collections.reverse(undone);
      undone.forEach(change -> set(started, change.key, change.before));
    }
  }

  private void end() {
    if (!open) {
      throw new IllegalStateException("no operation has started");
    }
    open = false;
  }

  /** The state with everything acknowledged; a view that cannot be changed. */
  public NavigableMap<Bytes, Bytes> model() {
    return Collections.unmodifiableNavigableMap(model);
  }

  /** How far the history is now. */
  public Moment now() {
    return new Moment(steps.size(), processKill, powerLoss, highestVersion);
  }

  /** The highest version acknowledged, in earlier lives too; 0 if none was. */
  public long highestVersion() {
    return highestVersion;
  }

  /** The operation with this number in the chain, counted from 1. */
  public Operation operation(int number) {
    return steps.get(number - 1).operation;
  }

  /**
   * Judges what a store holds after a crash.
   *
   * @param crash how far the history was when it happened
   * @param survived what kind of crash it was: the least promise that survives it
   */
  public Verdict judge(Moment crash, Promise survived, NavigableMap<Bytes, Bytes> recovered) {
    if (versionGivenTwice != null) {
      return new Verdict.Broken(Invariant.NO_RETURN, versionGivenTwice);
    }
    OptionalInt allowed = allowed(crash, survived, digest(recovered));
    return allowed.isPresent()
        ? new Verdict.Sound(allowed.getAsInt())
        : new Difference(initial, steps, crash, survived, recovered).classify();
  }

  /**
   * How many operations the state with this {@link #digest} contains, the most if several fit;
   * empty if {@link #judge} calls it broken.
   */
  public OptionalInt allowed(Moment crash, Promise survived, Digest recovered) {
    if (versionGivenTwice == null) {
      for (int operations = crash.started(); operations >= crash.kept(survived); operations--) {
        if (digest(operations).equals(recovered)) {
          return OptionalInt.of(operations);
        }
      }
    }
    return OptionalInt.empty();
  }

  /**
   * The history of the next life of a store that crashed at {@code crash} and recovered the state
   * after {@code operations}. What was promised stays promised, no more; the operations it lost are
   * out of the chain.
   */
  public History resumed(Moment crash, int operations) {
    History next = new History(new TreeMap<>(initial), crash.highestVersion());
    for (Step step : steps.subList(0, operations)) {
      next.steps.add(step);
      apply(step, next.started);
      apply(step, next.model);
    }
    next.acknowledged = operations;
    next.processKill = Math.min(operations, crash.processKill());
    next.powerLoss = Math.min(operations, crash.powerLoss());
    return next;
  }

  /** Like {@link #resumed}, where the disk is known to have kept all that was recovered. */
  public History settled(Moment crash, int operations) {
    return new History(state(operations), crash.highestVersion());
  }

  /** The digest of a state, as {@link #allowed} takes it. */
  public static Digest digest(NavigableMap<Bytes, Bytes> state) {
    Digest sum = Digest.NONE;
    for (var entry : state.entrySet()) {
      sum = sum.plus(digest(entry.getKey(), entry.getValue()));
    }
    return sum;
  }

  private static Digest digest(Bytes key, Bytes value) {
    return Digest.of(key.content()).then(value.content());
  }

  private static Digest digestAfter(Digest before, List<Change> changes) {
    Digest after = before;
    for (Change change : changes) {
      if (change.before != null) {
        after = after.minus(digest(change.key, change.before));
      }
      if (change.after != null) {
        after = after.plus(digest(change.key, change.after));
      }
    }
    return after;
  }

  private Digest digest(int operations) {
    return operations == 0 ? initialDigest : steps.get(operations - 1).after;
  }

  private NavigableMap<Bytes, Bytes> state(int operations) {
    TreeMap<Bytes, Bytes> state = new TreeMap<>(initial);
    steps.subList(0, operations).forEach(step -> apply(step, state));
    return state;
  }

  private static void apply(Step step, NavigableMap<Bytes, Bytes> state) {
    step.changes.forEach(change -> set(state, change.key, change.after));
  }

  static void set(NavigableMap<Bytes, Bytes> state, Bytes key, @Nullable Bytes value) {
    if (value == null) {
      state.remove(key);
    } else {
      state.put(key, value);
    }
  }
}
