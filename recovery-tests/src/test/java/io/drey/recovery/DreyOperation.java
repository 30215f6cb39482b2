package io.drey.recovery;

import io.drey.crash.Bytes;
import io.drey.crash.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What can be done to a tree. Operations that their guards refuse change nothing, in the model as
 * in the store.
 */
public sealed interface DreyOperation extends Operation {

  /** Ways to store one record. */
  enum Way {
    /** {@code put}: gives the value that was there. */
    PUT,
    /** {@code set}: does not. */
    SET,
    /** {@code putIfAbsent}. */
    IF_ABSENT,
    /** {@code replace} at the version the record has. */
    REPLACE,
    /** {@code replace} at a version the record has not. */
    REPLACE_STALE
  }

  /** Stores a record. */
  record Store(Way way, Bytes key, Bytes value) implements DreyOperation {
    @Override
    public void applyTo(NavigableMap<Bytes, Bytes> model) {
      boolean admitted =
          switch (way) {
            case PUT, SET -> true;
            case IF_ABSENT -> !model.containsKey(key);
            case REPLACE -> model.containsKey(key);
            case REPLACE_STALE -> false;
          };
      if (admitted) {
        model.put(key, value);
      }
    }
  }

  /** Ways to delete one record. */
  enum Removal {
    /** Whatever its version. */
    ANY,
    /** At the version it has. */
    CURRENT,
    /** At a version it has not. */
    STALE
  }

  /** Deletes a record. */
  record Remove(Removal removal, Bytes key) implements DreyOperation {
    @Override
    public void applyTo(NavigableMap<Bytes, Bytes> model) {
      if (removal != Removal.STALE) {
        model.remove(key);
      }
    }
  }

  /** Whether a rename spares a record at its target. */
  enum Target {
    KEPT,
    REPLACED
  }

  /** Moves a record. */
  record Move(Bytes source, Bytes target, Target occupied) implements DreyOperation {
    @Override
    public void applyTo(NavigableMap<Bytes, Bytes> model) {
      Bytes value = model.get(source);
      boolean spared = occupied == Target.KEPT && model.containsKey(target);
      if (value != null && !spared && !source.equals(target)) {
        model.remove(source);
        model.put(target, value);
      }
    }
  }

  /** One step of a batch. */
  sealed interface Step {}

  /** Stores a record, whatever was there. */
  record StepPut(Bytes key, Bytes value) implements Step {}

  /** Deletes a record if there is one. */
  record StepDelete(Bytes key) implements Step {}

  /** Moves a record that is there over whatever is at the target. */
  record StepMove(Bytes source, Bytes target) implements Step {}

  /** Guard: there is no such record. */
  record StepAbsent(Bytes key) implements Step {}

  /** Guard: no key begins so. */
  record StepEmpty(Bytes prefix) implements Step {}

  /** Several steps as one. */
  record AllOrNothing(List<Step> steps) implements DreyOperation {
    public AllOrNothing {
      steps = List.copyOf(steps);
    }

    @Override
    public void applyTo(NavigableMap<Bytes, Bytes> model) {
      NavigableMap<Bytes, Bytes> after = new TreeMap<>(model);
      for (Step step : steps) {
        if (!apply(step, after)) {
          return;
        }
      }
      List<Bytes> gone = new ArrayList<>(model.keySet());
      gone.removeIf(after::containsKey);
      gone.forEach(model::remove);
      model.putAll(after);
    }

    private static boolean apply(Step step, NavigableMap<Bytes, Bytes> after) {
      switch (step) {
        case StepPut(Bytes key, Bytes value) -> after.put(key, value);
        case StepDelete(Bytes key) -> after.remove(key);
        case StepMove(Bytes source, Bytes target) -> {
          Bytes value = after.remove(source);
          if (value == null) {
            return false;
          }
          after.put(target, value);
        }
        case StepAbsent(Bytes key) -> {
          return !after.containsKey(key);
        }
        case StepEmpty(Bytes prefix) -> {
          Bytes next = after.ceilingKey(prefix);
          return next == null || !next.startsWith(prefix);
        }
      }
      return true;
    }
  }

  /** Work on the store that changes none of its records. */
  enum Upkeep implements DreyOperation {
    CHECKPOINT,
    COMPACT,
    /** Closes the store and opens it again. */
    REOPEN;

    @Override
    public void applyTo(NavigableMap<Bytes, Bytes> model) {}

    @Override
    public boolean reopens() {
      return this == REOPEN;
    }
  }
}
