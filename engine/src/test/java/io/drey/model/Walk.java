package io.drey.model;

import io.drey.Entry;
import io.drey.Tree;
import io.drey.TreeStats;
import io.drey.Violation;
import io.drey.model.Operation.Guess;
import io.drey.testing.Limits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs operations on a tree and on the model and compares what both say. Every failure is an {@link
 * AssertionError}, thrown by the first operation after which the two differ.
 */
final class Walk implements AutoCloseable {
  /** The catalogue's own records, which {@code leaves} counts too: the name of the one tree. */
  private static final long CATALOGUE_RECORDS = 1;

  private final Subject subject;
  private final List<byte[]> keys;
  private final Model model = new Model();
  private final ReadingWalk reading = new ReadingWalk();
  private final UpdateWalk updating = new UpdateWalk();
  private long operations;
  private long newestVersion;

  /** Opens a new tree below {@code ground} for operations over {@code keys}. */
  Walk(Setup setup, Path ground, List<byte[]> keys) {
    this.subject = new Subject(setup, ground);
    this.keys = keys;
  }

  /** How many operations ran; deleting everything counts as one a record. */
  long operations() {
    return operations;
  }

  Tree tree() {
    return subject.tree();
  }

  @Override
  public void close() {
    subject.close();
  }

  void run(Operation operation) {
    operations++;
    switch (operation) {
      case Operation.Put(int key, int length, int seed) -> put(keys.get(key), length, seed);
      case Operation.Set(int key, int length, int seed) ->
          write(keys.get(key), length, seed, Guess.CURRENT, true, (k, v, x) -> set(k, v));
      case Operation.PutIfAbsent(int key, int length, int seed) ->
          write(
              keys.get(key),
              length,
              seed,
              Guess.CURRENT,
              model.get(keys.get(key)) == null,
              (k, v, x) -> tree().putIfAbsent(k, v));
      case Operation.Replace(int key, Guess guess, int length, int seed) ->
          write(
              keys.get(key),
              length,
              seed,
              guess,
              guess == Guess.CURRENT && model.get(keys.get(key)) != null,
              (k, v, x) -> tree().replace(k, x, v));
      case Operation.Update update -> update(update);
      case Operation.Delete(int key) -> delete(keys.get(key));
      case Operation.DeleteVersion(int key, Guess guess) -> deleteVersion(keys.get(key), guess);
      case Operation.Rename rename -> rename(rename);
      case Operation.Atomic(List<Operation.Step> steps) -> atomic(steps);
      case Operation.Get(int key) -> reading.get(tree(), model, keys.get(key));
      case Operation.GetAll(int key, int count, int step) ->
          reading.getAll(tree(), model, keys, key, count, step);
      case Operation.Longest(int key, int prefixBytes, int more) ->
          reading.longest(tree(), model, ScanShape.cut(keys.get(key), prefixBytes), more);
      case Operation.Below(int key, int prefixBytes) ->
          reading.below(tree(), model, ScanShape.cut(keys.get(key), prefixBytes));
      case Operation.Read(ScanShape shape) -> reading.scan(tree(), model, keys, shape);
      case Operation.Pages(ScanShape shape, int pageEntries) ->
          reading.pages(tree(), model, keys, shape, pageEntries);
      case Operation.DeleteAll(Operation.Order order) -> deleteAll(order);
      case Operation.Checkpoint() -> checkpoint();
      case Operation.Compact() -> tree().compact();
      case Operation.Stats() -> stats();
      case Operation.Reopen() -> reopen();
      case Operation.Kill() -> kill();
      case Operation.Verify() -> verify();
    }
  }

  /** Compares the whole content and looks for broken invariants. */
  void verify() {
    reading.everything(tree(), model);
    List<Violation> violations = tree().check();
    Expect.same(List.of(), violations, "violations");
  }

  /** A conditional or unconditional write of the tree; tells whether it happened. */
  private interface Write {
    boolean apply(byte[] key, byte[] value, long version);
  }

  private void put(byte[] key, int length, int seed) {
    Held before = model.get(key);
    AtomicReference<byte @Nullable []> previous = new AtomicReference<>();
    Outcome outcome =
        write(
            key,
            length,
            seed,
            Guess.CURRENT,
            true,
            (k, v, x) -> {
              previous.set(tree().put(k, v));
              return true;
            });
    if (outcome == Outcome.APPLIED) {
      Expect.bytes(before == null ? null : before.value, previous.get(), "previous value");
    }
  }

  private boolean set(byte[] key, byte[] value) {
    tree().set(key, value);
    return true;
  }

  private Outcome write(
      byte[] key, int length, int seed, Guess guess, boolean applies, Write operation) {
    byte[] value = Bytes.value(length, seed);
    long version = version(key, guess);
    Outcome expected =
        key.length > Limits.KEY_BYTES_MAX
            ? Outcome.KEY_TOO_LONG
            : length > Limits.KEY_BYTES_MAX
                ? Outcome.VALUE_TOO_LONG
                : applies ? Outcome.APPLIED : Outcome.GUARD_FAILED;
    byte[] lentKey = key.clone();
    byte[] lentValue = value.clone();
    Outcome actual = Outcome.of(() -> operation.apply(lentKey, lentValue, version));
    Expect.same(expected, actual, "outcome");
    Expect.bytes(key, lentKey, "the caller's key afterwards");
    Expect.bytes(value, lentValue, "the caller's value afterwards");
    Arrays.fill(lentKey, (byte) 'x');
    Arrays.fill(lentValue, (byte) 'x');
    if (expected == Outcome.APPLIED) {
      model.write(key, value);
    }
    settle();
    return expected;
  }

  private void update(Operation.Update update) {
    byte[] key = keys.get(update.key());
    updating.run(tree(), model, key, update);
    settle();
    reading.get(tree(), model, key);
  }

  private void delete(byte[] key) {
    if (key.length > Limits.KEY_BYTES_MAX) {
      Expect.same(
          Outcome.KEY_TOO_LONG,
          Outcome.ofAction(() -> tree().delete(key)),
          "delete over the limit");
      return;
    }
    Held before = model.get(key);
    byte[] deleted = tree().delete(key.clone());
    Expect.bytes(before == null ? null : before.value, deleted, "deleted value");
    model.remove(key);
    model.settled();
    Expect.same(false, tree().contains(key), "contains after delete");
  }

  private void deleteVersion(byte[] key, Guess guess) {
    if (key.length > Limits.KEY_BYTES_MAX) {
      Expect.same(
          Outcome.KEY_TOO_LONG, Outcome.of(() -> tree().delete(key, 0)), "delete over the limit");
      return;
    }
    boolean expected = guess == Guess.CURRENT && model.get(key) != null;
    Expect.same(expected, tree().delete(key, version(key, guess)), "deleted");
    if (expected) {
      model.remove(key);
      model.settled();
    }
  }

  private void rename(Operation.Rename rename) {
    byte[] source = keys.get(rename.source());
    byte[] target = keys.get(rename.target());
    Outcome actual =
        Outcome.ofAction(() -> tree().rename(source.clone(), target.clone(), rename.existing()));
    if (Math.max(source.length, target.length) > Limits.KEY_BYTES_MAX) {
      Expect.same(Outcome.KEY_TOO_LONG, actual, "outcome");
      return;
    }
    Expect.same(model.rename(source, target, rename.existing()), actual, "outcome");
    settle();
    reading.get(tree(), model, source);
    reading.get(tree(), model, target);
  }

  private void atomic(List<Operation.Step> steps) {
    BatchWalk batch = new BatchWalk(keys, model, this::version);
    List<BatchWalk.Call> calls = batch.calls(steps);
    Outcome expected = batch.expected(steps);
    Outcome actual =
        Outcome.of(() -> tree().atomic(target -> calls.forEach(call -> call.on(target))));
    Expect.same(expected, actual, "outcome");
    if (expected != Outcome.APPLIED) {
      model.undo();
    }
    settle();
    for (byte[] key : batch.touched(steps)) {
      reading.get(tree(), model, key);
    }
  }

  private long version(byte[] key, Guess guess) {
    Held held = model.get(key);
    long current = held == null ? 0 : held.version;
    return guess == Guess.CURRENT ? current : current - 1;
  }

  /** Learns the versions of what was written; each is new and greater than all before. */
  private void settle() {
    for (byte[] key : model.pending()) {
      Entry entry = tree().getEntry(key);
      Held held = model.get(key);
      Expect.present(entry, "entry just written");
      Expect.present(held, "model's record");
      Expect.bytes(key, entry.key(), "key");
      Expect.bytes(held.value, entry.value(), "value just written");
      Expect.that(
          entry.version() > newestVersion,
          "version " + entry.version() + " is not beyond " + newestVersion);
      newestVersion = entry.version();
      model.settle(key, entry.version());
    }
    model.settled();
  }

  private void deleteAll(Operation.Order order) {
    List<byte[]> all = new ArrayList<>(model.records().keySet());
    for (byte[] key : order == Operation.Order.ASCENDING ? all : all.reversed()) {
      delete(key);
      operations++;
    }
    Expect.same(true, tree().isPrefixEmpty(new byte[0]), "emptiness");
    Expect.same(List.of(), tree().check(), "violations of the empty tree");
  }

  private void checkpoint() {
    tree().checkpoint();
    model.checkpoint();
  }

  private void stats() {
    TreeStats first = tree().stats();
    TreeStats second = tree().stats();
    Expect.same(model.records().size() + CATALOGUE_RECORDS, first.leaves(), "leaves");
    if (!subject.setup().roundsInTheBackground()) {
      Expect.same(first.cacheHits(), second.cacheHits(), "hits counted by stats itself");
      Expect.same(first.cacheMisses(), second.cacheMisses(), "misses counted by stats itself");
    }
    if (subject.setup() != Setup.MEMORY) {
      Expect.that(
          first.poolBytesUsed() <= first.poolBytesLimit(),
          "pool of " + first.poolBytesUsed() + " over its limit " + first.poolBytesLimit());
    }
  }

  private void reopen() {
    subject.reopen();
    if (subject.setup() == Setup.MEMORY) {
      model.clear();
      newestVersion = 0;
    }
    model.checkpoint();
    verify();
  }

  private void kill() {
    if (!subject.setup().killable()) {
      return;
    }
    subject.kill();
    if (subject.setup().losesChanges()) {
      model.crashWithoutJournal();
    }
    model.checkpoint();
    verify();
  }
}
