package io.drey.history;

import io.drey.Existing;
import io.drey.history.Operation.Change;
import io.drey.history.Operation.Count;
import io.drey.history.Operation.Outcome;
import io.drey.history.Operation.Reading;
import java.util.Arrays;
import java.util.Map;

/**
 * What a tree is: a value and a version for each key. Runs operations one after another, says
 * whether their results are the right ones, and takes changes back.
 *
 * <p>A version that is not known is 0 and agrees with every version told.
 */
final class Model {
  private enum Answer {
    NO,
    MAYBE,
    YES
  }

  /** Of one change taken back: key, value, version. */
  private static final int STRIDE = 3;

  private final Keyspace keys;
  private final long[] values;
  private final long[] versions;

  /** Which record a version named, for guards at versions. */
  private final Map<Long, Fact> named;

  private long hash;
  private long[] undo = new long[STRIDE * 64];
  private int undoSize;
  private long[] destroyed = new long[8];
  private int destroyedSize;

  Model(Keyspace keys, long[] values, long[] versions, Map<Long, Fact> named) {
    this.keys = keys;
    this.values = values.clone();
    this.versions = versions.clone();
    this.named = named;
    for (int key = 0; key < values.length; key++) {
      hash ^= share(key);
    }
  }

  /** Equal for equal states, and most likely for no others. */
  long hash() {
    return hash;
  }

  String text(int key) {
    return keys.text(key);
  }

  long value(int key) {
    return values[key];
  }

  long version(int key) {
    return versions[key];
  }

  /** A place to go {@link #back} to. */
  int mark() {
    return undoSize;
  }

  /** Takes back every change since the mark. */
  void back(int mark) {
    while (undoSize > mark) {
      undoSize -= STRIDE;
      int key = (int) undo[undoSize];
      hash ^= share(key);
      values[key] = undo[undoSize + 1];
      versions[key] = undo[undoSize + 2];
      hash ^= share(key);
    }
  }

  /** How many values the last change destroyed: no later state has them. */
  int destroyed() {
    return destroyedSize;
  }

  long destroyed(int i) {
    return destroyed[i];
  }

  /** Whether the operation would have its result now. Nothing changes. */
  boolean agrees(Operation operation) {
    return switch (operation) {
      case Reading reading -> agrees(reading);
      case Change change -> {
        int mark = mark();
        boolean agrees = run(change, new long[change.steps().size()]);
        back(mark);
        yield agrees;
      }
    };
  }

  private boolean agrees(Reading reading) {
    for (Fact fact : reading.facts()) {
      if (!agrees(fact)) {
        return false;
      }
    }
    for (Span span : reading.occupied()) {
      if (isEmpty(span)) {
        return false;
      }
    }
    for (Count count : reading.counts()) {
      if (!agrees(count)) {
        return false;
      }
    }
    return true;
  }

  private boolean agrees(Fact fact) {
    long value = values[fact.key()];
    if (value == Fact.ABSENT || fact.value() == Fact.ABSENT) {
      return value == fact.value();
    }
    long version = versions[fact.key()];
    return (fact.value() == Fact.PRESENT || fact.value() == value)
        && (fact.version() == 0 || version == 0 || fact.version() == version);
  }

  private boolean isEmpty(Span span) {
    for (int key = span.from(); key < span.to(); key++) {
      if (values[key] != Fact.ABSENT) {
        return false;
      }
    }
    return true;
  }

  private boolean agrees(Count count) {
    long records = 0;
    long bytes = 0;
    for (int key = count.span().from(); key < count.span().to(); key++) {
      if (values[key] != Fact.ABSENT) {
        records++;
        bytes += keys.key(key).length + Values.length(values[key]);
      }
    }
    return records == count.records() && bytes == count.bytes();
  }

  /**
   * Runs a change, if it has its result now; else nothing changes.
   *
   * @param stepVersions the version that each step gives, 0 = not known
   */
  boolean run(Change change, long[] stepVersions) {
    int mark = mark();
    destroyedSize = 0;
    Outcome outcome = Outcome.DONE;
    for (int i = 0; i < stepVersions.length && outcome == Outcome.DONE; i++) {
      Step step = change.steps().get(i);
      Answer answer = guard(step, mark);
      if (answer == Answer.NO || answer == Answer.MAYBE && change.outcome() == Outcome.REFUSED) {
        outcome = Outcome.REFUSED;
      } else if (!isAsTold(step)) {
        back(mark);
        return false;
      } else {
        outcome = apply(step, stepVersions[i]);
      }
    }
    boolean agrees = outcome == change.outcome();
    if (!agrees || outcome != Outcome.DONE) {
      back(mark);
      destroyedSize = 0;
    }
    return agrees;
  }

  private Answer guard(Step step, int mark) {
    return switch (step) {
      case Step.Write(int key, _, Guard guard, _) -> guard(key, guard, mark);
      case Step.Remove(int key, Guard guard, _) -> guard(key, guard, mark);
      case Step.Require(int key, Guard guard) -> guard(key, guard, mark);
      case Step.RequireEmpty(Span span) -> isEmpty(span) ? Answer.YES : Answer.NO;
      case Step.Move _ -> Answer.YES;
    };
  }

  private Answer guard(int key, Guard guard, int mark) {
    return switch (guard.condition()) {
      case NONE -> Answer.YES;
      case ABSENT -> values[key] == Fact.ABSENT ? Answer.YES : Answer.NO;
      case AT_VERSION -> isAt(key, guard.version(), mark);
    };
  }

  private Answer isAt(int key, long version, int mark) {
    if (values[key] == Fact.ABSENT || isChangedSince(mark, key)) {
      return Answer.NO;
    }
    if (versions[key] != 0) {
      return versions[key] == version ? Answer.YES : Answer.NO;
    }
    Fact fact = named.get(version);
    boolean isOther =
        fact != null && (fact.key() != key || fact.namesValue() && fact.value() != values[key]);
    return isOther ? Answer.NO : Answer.MAYBE;
  }

  private boolean isChangedSince(int mark, int key) {
    for (int i = mark; i < undoSize; i += STRIDE) {
      if (undo[i] == key) {
        return true;
      }
    }
    return false;
  }

  /** Whether the value before is the one that the caller was told. */
  private boolean isAsTold(Step step) {
    long previous =
        switch (step) {
          case Step.Write write -> write.previous();
          case Step.Remove remove -> remove.previous();
          case Step.Move _, Step.Require _, Step.RequireEmpty _ -> Fact.UNTOLD;
        };
    return previous == Fact.UNTOLD || previous == values[step.key()];
  }

  private Outcome apply(Step step, long version) {
    switch (step) {
      case Step.Write(int key, long value, _, _) -> {
        destroy(key);
        set(key, value, version);
      }
      case Step.Remove(int key, _, _) -> {
        destroy(key);
        set(key, Fact.ABSENT, 0);
      }
      case Step.Move move -> {
        return apply(move, version);
      }
      case Step.Require _, Step.RequireEmpty _ -> {}
    }
    return Outcome.DONE;
  }

  private Outcome apply(Step.Move move, long version) {
    long value = values[move.source()];
    if (value == Fact.ABSENT) {
      return Outcome.NO_SOURCE;
    }
    if (move.isIdle()) {
      return Outcome.DONE;
    }
    if (values[move.target()] != Fact.ABSENT && move.existing() == Existing.KEEP) {
      return Outcome.TARGET_KEPT;
    }
    destroy(move.target());
    set(move.source(), Fact.ABSENT, 0);
    set(move.target(), value, version);
    return Outcome.DONE;
  }

  private void destroy(int key) {
    if (values[key] != Fact.ABSENT) {
      if (destroyedSize == destroyed.length) {
        destroyed = Arrays.copyOf(destroyed, 2 * destroyedSize);
      }
      destroyed[destroyedSize++] = values[key];
    }
  }

  private void set(int key, long value, long version) {
    if (undoSize == undo.length) {
      undo = Arrays.copyOf(undo, 2 * undoSize);
    }
    undo[undoSize] = key;
    undo[undoSize + 1] = values[key];
    undo[undoSize + 2] = versions[key];
    undoSize += STRIDE;
    hash ^= share(key);
    values[key] = value;
    versions[key] = version;
    hash ^= share(key);
  }

  private long share(int key) {
    return values[key] == Fact.ABSENT
        ? 0
        : Values.mix(Values.mix(Values.mix(key + 1L) + values[key]) + versions[key]);
  }
}
