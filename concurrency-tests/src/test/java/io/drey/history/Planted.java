package io.drey.history;

import io.drey.Existing;
import io.drey.history.Operation.Change;
import io.drey.history.Operation.Outcome;
import io.drey.history.Operation.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A history made by hand, over the keys 0 to 7. Every operation is given the time it takes; keys
 * hold nothing in the beginning unless {@link #first} says so.
 */
final class Planted {
  static final int KEYS = 8;

  private final Keyspace keys =
      Keyspace.of(IntStream.range(0, KEYS).mapToObj(i -> "k/" + i).toList(), 2);
  private final long[] values = new long[keys.size()];
  private final long[] versions = new long[keys.size()];
  private final List<Event> events = new ArrayList<>();

  Planted first(int key, long value, long version) {
    values[key] = value;
    versions[key] = version;
    return this;
  }

  /** An operation that takes from one time to another. */
  Planted then(long start, long end, Operation operation) {
    events.add(new Event(events.size(), "planted", start, end, operation));
    return this;
  }

  Planted put(long start, long end, int key, long value) {
    return put(start, end, key, value, Fact.UNTOLD);
  }

  Planted put(long start, long end, int key, long value, long previous) {
    return then(start, end, done(write(key, value, previous)));
  }

  Planted delete(long start, long end, int key, long previous) {
    return then(start, end, done(new Step.Remove(key, Guard.NONE, previous)));
  }

  Planted rename(long start, long end, int source, int target) {
    return then(start, end, done(new Step.Move(source, target, Existing.REPLACE)));
  }

  Planted get(long start, long end, int key, long value) {
    return entry(start, end, key, value, 0);
  }

  Planted entry(long start, long end, int key, long value, long version) {
    return then(start, end, Reading.of(new Fact(key, value, version)));
  }

  Planted count(long start, long end, long records, long bytes) {
    return then(start, end, Reading.count(keys.all(), records, bytes));
  }

  static Step write(int key, long value) {
    return write(key, value, Fact.UNTOLD);
  }

  private static Step write(int key, long value, long previous) {
    return new Step.Write(key, value, Guard.NONE, previous);
  }

  static Operation done(Step... steps) {
    return Change.of(Outcome.DONE, steps);
  }

  Keyspace keys() {
    return keys;
  }

  Verdict check() {
    return new History(keys, values, versions, events).check();
  }
}
