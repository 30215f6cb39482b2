package io.drey.history;

import io.drey.Entry;
import io.drey.Existing;
import io.drey.KeyExistsException;
import io.drey.KeyNotFoundException;
import io.drey.Tree;
import io.drey.history.Operation.Change;
import io.drey.history.Operation.Outcome;
import io.drey.history.Operation.Reading;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Does to a tree what it is told, and records what came of it. One thread. */
final class Player implements AutoCloseable {
  private static final int ROOM = 1024;

  private final Tree tree;
  private final Keyspace keys;
  private final Telling telling;
  private final Recorder recorder;
  private final RangePlayer ranges;
  private final BatchPlayer batches;
  private final SnapshotPlayer snapshots;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment room = arena.allocate(ROOM);

  /** The version of each key that was told last, for changes at a version. */
  private final long[] versions;

  Player(Tree tree, Keyspace keys, Recorder recorder, Sections sections) {
    this.tree = tree;
    this.keys = keys;
    this.recorder = recorder;
    this.versions = new long[keys.size()];
    Arrays.fill(versions, 1);
    this.telling = new Telling(keys);
    this.snapshots = new SnapshotPlayer(tree, keys, recorder);
    this.ranges = new RangePlayer(tree, keys, recorder, sections);
    this.batches = new BatchPlayer(tree, keys, recorder, versions);
  }

  @Override
  public void close() {
    snapshots.close();
    arena.close();
  }

  void play(Choice choice) {
    long begin = System.nanoTime();
    switch (choice.kind()) {
      case GET -> get(choice.key());
      case ENTRY -> entry(choice.key());
      case CONTAINS -> contains(choice.key());
      case COPY -> copy(choice);
      case GET_ALL -> getAll(choice);
      case LONGEST_PREFIX -> longestPrefix(choice);
      case PUT -> put(choice.key(), choice.value());
      case SET -> set(choice.key(), choice.value());
      case PUT_IF_ABSENT -> putIfAbsent(choice.key(), choice.value());
      case REPLACE -> replace(choice.key(), choice.value());
      case DELETE -> delete(choice.key());
      case DELETE_AT -> deleteAt(choice.key());
      case UPDATE -> update(choice);
      case RENAME -> rename(choice);
      case BATCH -> batch(choice);
      case SCAN -> ranges.scan(choice, () -> set(choice.key(), choice.value()));
      case COUNT -> ranges.count(choice);
      case PREFIX_EMPTY -> ranges.prefixEmpty(choice);
      case SNAPSHOT -> snapshots.play(choice);
    }
    recorder.done(System.nanoTime() - begin);
    followUp(choice);
  }

  /** A look at what was just written tells its version, if nobody was faster. */
  private void followUp(Choice choice) {
    if (choice.flag(7)) {
      switch (choice.kind()) {
        case PUT, SET, PUT_IF_ABSENT, REPLACE, UPDATE -> entry(choice.key());
        case RENAME -> entry(choice.other());
        default -> {}
      }
    }
  }

  private void get(int key) {
    long start = recorder.ticket();
    byte[] value = tree.get(keys.key(key));
    long end = recorder.ticket();
    recorder.note("get", start, end, Reading.of(Telling.value(key, value)));
  }

  private void entry(int key) {
    long start = recorder.ticket();
    Entry entry = tree.getEntry(keys.key(key));
    long end = recorder.ticket();
    if (entry != null) {
      versions[key] = entry.version();
    }
    recorder.note("getEntry", start, end, Reading.of(telling.entry(key, entry)));
  }

  private void contains(int key) {
    long start = recorder.ticket();
    boolean present = tree.contains(keys.key(key));
    recorder.note("contains", start, Reading.of(Telling.presence(key, present)));
  }

  private void copy(Choice choice) {
    int key = choice.key();
    MemorySegment target = choice.bits(0, 8) == 0 ? room.asSlice(0, 4) : room;
    long start = recorder.ticket();
    int size = tree.get(keys.key(key), target);
    long end = recorder.ticket();
    Fact fact =
        size < 0 || size > target.byteSize()
            ? Telling.presence(key, size >= 0)
            : Telling.value(key, target.asSlice(0, size).toArray(ValueLayout.JAVA_BYTE));
    recorder.note("get into a segment", start, end, Reading.of(fact));
  }

  private void getAll(Choice choice) {
    byte[][] wanted = choice.keys().stream().map(keys::key).toArray(byte[][]::new);
    long start = recorder.ticket();
    byte[][] values = tree.getAll(wanted);
    long end = recorder.ticket();
    for (int i = 0; i < values.length; i++) {
      Fact fact = Telling.value(choice.keys().get(i), values[i]);
      recorder.note("getAll", start, end, Reading.of(fact));
    }
  }

  private void longestPrefix(Choice choice) {
    byte[] query = telling.query(choice);
    long start = recorder.ticket();
    Entry entry = tree.longestPrefix(query);
    long end = recorder.ticket();
    recorder.note("longestPrefix", start, end, Reading.of(telling.longestPrefix(query, entry)));
  }

  private void put(int key, long value) {
    byte[] bytes = Values.bytes(value);
    long start = recorder.ticket();
    byte[] previous = tree.put(keys.key(key), bytes);
    long end = recorder.ticket();
    Step step = new Step.Write(key, value, Guard.NONE, Telling.number(previous));
    recorder.note("put", start, end, Change.of(Outcome.DONE, step));
  }

  private void set(int key, long value) {
    byte[] bytes = Values.bytes(value);
    long start = recorder.ticket();
    tree.set(keys.key(key), bytes);
    change("set", start, Outcome.DONE, new Step.Write(key, value, Guard.NONE, Fact.UNTOLD));
  }

  private void putIfAbsent(int key, long value) {
    byte[] bytes = Values.bytes(value);
    long start = recorder.ticket();
    boolean done = tree.putIfAbsent(keys.key(key), bytes);
    Step step = new Step.Write(key, value, Guard.ABSENT, Fact.UNTOLD);
    change("putIfAbsent", start, outcome(done), step);
  }

  private void replace(int key, long value) {
    byte[] bytes = Values.bytes(value);
    long version = versions[key];
    long start = recorder.ticket();
    boolean done = tree.replace(keys.key(key), version, bytes);
    Step step = new Step.Write(key, value, Guard.at(version), Fact.UNTOLD);
    change("replace", start, outcome(done), step);
  }

  private void delete(int key) {
    long start = recorder.ticket();
    byte[] previous = tree.delete(keys.key(key));
    long end = recorder.ticket();
    Step step = new Step.Remove(key, Guard.NONE, Telling.number(previous));
    recorder.note("delete", start, end, Change.of(Outcome.DONE, step));
  }

  private void deleteAt(int key) {
    long version = versions[key];
    long start = recorder.ticket();
    boolean done = tree.delete(keys.key(key), version);
    Step step = new Step.Remove(key, Guard.at(version), Fact.UNTOLD);
    change("delete at a version", start, outcome(done), step);
  }

  /** What the function was shown in vain was read as well. */
  private void update(Choice choice) {
    int key = choice.key();
    boolean removes = choice.bits(0, 4) == 0;
    byte[] bytes = removes ? null : Values.bytes(choice.value());
    List<byte[]> shown = new ArrayList<>();
    long start = recorder.ticket();
    byte[] result =
        tree.update(
            keys.key(key),
            before -> {
              shown.add(before);
              return bytes;
            });
    long end = recorder.ticket();
    if (!Arrays.equals(result, bytes)) {
      throw new IllegalHistory("update returned another value than the one it stored");
    }
    for (byte[] before : shown.subList(0, shown.size() - 1)) {
      recorder.note("update, in vain", start, end, Reading.of(Telling.value(key, before)));
    }
    long previous = Telling.number(shown.getLast());
    Step step =
        removes
            ? new Step.Remove(key, Guard.NONE, previous)
            : new Step.Write(key, choice.value(), Guard.NONE, previous);
    recorder.note("update", start, end, Change.of(Outcome.DONE, step));
  }

  private void rename(Choice choice) {
    Existing existing = choice.flag(0) ? Existing.KEEP : Existing.REPLACE;
    byte[] source = keys.key(choice.key());
    byte[] target = keys.key(choice.other());
    long start = recorder.ticket();
    Outcome outcome;
    try {
      tree.rename(source, target, existing);
      outcome = Outcome.DONE;
    } catch (KeyNotFoundException e) {
      outcome = Outcome.NO_SOURCE;
    } catch (KeyExistsException e) {
      outcome = Outcome.TARGET_KEPT;
    }
    change("rename", start, outcome, new Step.Move(choice.key(), choice.other(), existing));
  }

  private void batch(Choice choice) {
    boolean witnessed = choice.bits(6, 4) != 0;
    if (batches.play(choice, witnessed) == Outcome.DONE && witnessed) {
      entry(keys.witness(recorder.thread()));
    }
  }

  private void change(String call, long start, Outcome outcome, Step step) {
    recorder.note(call, start, Change.of(outcome, step));
  }

  private static Outcome outcome(boolean done) {
    return done ? Outcome.DONE : Outcome.REFUSED;
  }
}
