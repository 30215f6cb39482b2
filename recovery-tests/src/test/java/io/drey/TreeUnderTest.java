package io.drey;

import io.drey.crash.Ack;
import io.drey.crash.Bytes;
import io.drey.crash.Operation;
import io.drey.crash.Promise;
import io.drey.crash.Subject;
import io.drey.recovery.DreyOperation;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * One tree, and how operations are done to it. What a write returned is looked at again at once: a
 * record that does not read back as it was written is a bug whatever happens later.
 */
final class TreeUnderTest implements Subject.Store {
  private static final long NO_VERSION = 0;

  private final Supplier<Tree> opening;
  private final Promise promise;
  private Tree tree;

  /** Why there is no open tree, after a reopening that failed. */
  private NotReopened notReopened;

  TreeUnderTest(Supplier<Tree> opening, Promise promise) {
    this.opening = opening;
    this.promise = promise;
    this.tree = opening.get();
  }

  /** The tree could not be closed and opened again: what it holds is known after a recovery. */
  static final class NotReopened extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotReopened(RuntimeException cause) {
      super(cause);
    }
  }

  @Override
  public Ack apply(Operation operation) {
    checkOpen();
    return switch ((DreyOperation) operation) {
      case DreyOperation.Store store -> new Ack(promise, store(store));
      case DreyOperation.Remove remove -> {
        remove(remove);
        yield Ack.of(promise);
      }
      case DreyOperation.Move move -> new Ack(promise, move(move));
      case DreyOperation.AllOrNothing batch -> {
        batch(batch);
        yield Ack.of(promise);
      }
      case DreyOperation.Upkeep upkeep -> upkeep(upkeep);
    };
  }

  private long store(DreyOperation.Store store) {
    byte[] key = store.key().toArray();
    byte[] value = store.value().toArray();
    boolean stored =
        switch (store.way()) {
          case PUT -> {
            byte[] before = tree.get(key);
            expect(Arrays.equals(before, tree.put(key, value)), "put gave another value");
            yield true;
          }
          case SET -> {
            tree.set(key, value);
            yield true;
          }
          case IF_ABSENT -> tree.putIfAbsent(key, value);
          case REPLACE -> {
            Entry entry = tree.getEntry(key);
            yield entry != null && tree.replace(key, entry.version(), value);
          }
          case REPLACE_STALE -> {
            Entry entry = tree.getEntry(key);
            long stale = entry == null ? 1 : entry.version() - 1;
            expect(!tree.replace(key, stale, value), "a stale version was replaced");
            yield false;
          }
        };
    return stored ? versionOf(key, value) : NO_VERSION;
  }

  private long versionOf(byte[] key, byte[] value) {
    Entry entry = tree.getEntry(key);
    expect(entry != null && Arrays.equals(entry.value(), value), "a write does not read back");
    return entry.version();
  }

  private void remove(DreyOperation.Remove remove) {
    byte[] key = remove.key().toArray();
    switch (remove.removal()) {
      case ANY -> tree.delete(key);
      case CURRENT -> {
        Entry entry = tree.getEntry(key);
        expect(entry == null || tree.delete(key, entry.version()), "a delete was refused");
      }
      case STALE -> {
        Entry entry = tree.getEntry(key);
        long stale = entry == null ? 1 : entry.version() - 1;
        expect(!tree.delete(key, stale), "a stale version was deleted");
        return;
      }
    }
    expect(!tree.contains(key), "a deleted record is there");
  }

  private long move(DreyOperation.Move move) {
    byte[] source = move.source().toArray();
    byte[] target = move.target().toArray();
    byte[] value = tree.get(source);
    boolean replace = move.occupied() == DreyOperation.Target.REPLACED;
    try {
      tree.rename(source, target, replace ? Existing.REPLACE : Existing.KEEP);
    } catch (KeyNotFoundException e) {
      expect(value == null, "a rename did not find its source");
      return NO_VERSION;
    } catch (KeyExistsException e) {
      expect(!replace && tree.contains(target), "a rename found a record that is not there");
      return NO_VERSION;
    }
    if (Arrays.equals(source, target)) {
      return NO_VERSION;
    }
    expect(!tree.contains(source), "a rename left its source");
    return versionOf(target, value);
  }

  private void batch(DreyOperation.AllOrNothing all) {
    try {
      tree.atomic(batch -> all.steps().forEach(step -> add(step, batch)));
    } catch (KeyNotFoundException e) {
      // A move within the batch has no source: nothing has changed, and the model says the same.
    }
  }

  private static void add(DreyOperation.Step step, Batch batch) {
    switch (step) {
      case DreyOperation.StepPut(Bytes key, Bytes value) ->
          batch.put(key.toArray(), value.toArray());
      case DreyOperation.StepDelete(Bytes key) -> batch.delete(key.toArray());
      case DreyOperation.StepMove(Bytes source, Bytes target) ->
          batch.rename(source.toArray(), target.toArray(), Existing.REPLACE);
      case DreyOperation.StepAbsent(Bytes key) -> batch.requireAbsent(key.toArray());
      case DreyOperation.StepEmpty(Bytes prefix) -> batch.requireEmptyPrefix(prefix.toArray());
    }
  }

  private Ack upkeep(DreyOperation.Upkeep upkeep) {
    switch (upkeep) {
      case CHECKPOINT -> tree.checkpoint();
      case COMPACT -> {
        tree.compact();
        return Ack.of(Promise.NOTHING);
      }
      case REOPEN -> reopen();
    }
    boolean inMemory = tree.config().storage() instanceof Storage.Memory;
    return Ack.of(inMemory ? Promise.NOTHING : Promise.POWER_LOSS);
  }

  private void reopen() {
    if (tree.config().storage() instanceof Storage.Memory) {
      return; // what is in memory ends with its tree
    }
    try {
      tree.close();
      tree = opening.get();
    } catch (RuntimeException e) {
      notReopened = new NotReopened(e);
      throw notReopened;
    }
  }

  private void checkOpen() {
    if (notReopened != null) {
      throw notReopened;
    }
  }

  @Override
  public NavigableMap<Bytes, Bytes> dump() {
    checkOpen();
    NavigableMap<Bytes, Bytes> records = new TreeMap<>();
    tree.scan()
        .visit((buffer, keyOffset, keyLength, valueOffset, valueLength, _) -> {
          records.put(
              Bytes.of(Arrays.copyOfRange(buffer, keyOffset, keyOffset + keyLength)),
              Bytes.of(Arrays.copyOfRange(buffer, valueOffset, valueOffset + valueLength)));
          return Visit.CONTINUE;
        });
    return records;
  }

  @Override
  public List<String> check() {
    checkOpen();
    return tree.check().stream().map(Violation::toString).toList();
  }

  @Override
  public void close() throws IOException {
    tree.close();
  }

  private static void expect(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
