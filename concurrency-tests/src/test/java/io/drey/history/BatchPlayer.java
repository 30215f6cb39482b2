package io.drey.history;

import io.drey.Batch;
import io.drey.Existing;
import io.drey.KeyExistsException;
import io.drey.KeyNotFoundException;
import io.drey.Tree;
import io.drey.history.Operation.Change;
import io.drey.history.Operation.Outcome;
import java.util.ArrayList;
import java.util.List;

/** Batches of one to four steps, most of them with the worker's witness key at the end. */
final class BatchPlayer {
  private static final int STEPS_MAX = 4;

  /** A step is drawn from so many chances. */
  private static final int CHANCES = 24;

  private final Tree tree;
  private final Keyspace keys;
  private final Recorder recorder;
  private final long[] versions;

  BatchPlayer(Tree tree, Keyspace keys, Recorder recorder, long[] versions) {
    this.tree = tree;
    this.keys = keys;
    this.recorder = recorder;
    this.versions = versions;
  }

  Outcome play(Choice choice, boolean witnessed) {
    List<Step> steps = new ArrayList<>();
    int size = 1 + choice.bits(5, STEPS_MAX);
    for (int i = 0; i < size; i++) {
      steps.add(step(choice, i));
    }
    if (witnessed) {
      int witness = keys.witness(recorder.thread());
      steps.add(new Step.Write(witness, choice.values().getLast(), Guard.NONE, Fact.UNTOLD));
    }
    long start = recorder.ticket();
    Outcome outcome;
    try {
      boolean done = tree.atomic(batch -> steps.forEach(step -> add(batch, step)));
      outcome = done ? Outcome.DONE : Outcome.REFUSED;
    } catch (KeyNotFoundException e) {
      outcome = Outcome.NO_SOURCE;
    } catch (KeyExistsException e) {
      outcome = Outcome.TARGET_KEPT;
    }
    recorder.note("atomic", start, new Change(steps, outcome));
    return outcome;
  }

  private Step step(Choice choice, int i) {
    int key = choice.keys().get(i);
    long value = choice.values().get(i);
    Guard atVersion = Guard.at(versions[key]);
    int chance = choice.bits(i, CHANCES);
    return switch (chance) {
      case 0 -> new Step.Write(key, value, Guard.ABSENT, Fact.UNTOLD);
      case 1 -> new Step.Write(key, value, atVersion, Fact.UNTOLD);
      case 2 -> new Step.Remove(key, atVersion, Fact.UNTOLD);
      case 3 -> new Step.Require(key, Guard.ABSENT);
      case 4 -> new Step.Require(key, atVersion);
      case 5 -> new Step.RequireEmpty(keys.below(keys.key(key)));
      case 6, 7 -> new Step.Move(key, choice.keys().getLast(), Existing.REPLACE);
      case 8 -> new Step.Move(key, choice.keys().getLast(), Existing.KEEP);
      case 9, 10, 11, 12 -> new Step.Remove(key, Guard.NONE, Fact.UNTOLD);
      default -> new Step.Write(key, value, Guard.NONE, Fact.UNTOLD);
    };
  }

  private void add(Batch batch, Step step) {
    switch (step) {
      case Step.Write(int key, long value, Guard guard, _) -> {
        switch (guard.condition()) {
          case NONE -> batch.put(keys.key(key), Values.bytes(value));
          case ABSENT -> batch.putIfAbsent(keys.key(key), Values.bytes(value));
          case AT_VERSION -> batch.replace(keys.key(key), guard.version(), Values.bytes(value));
        }
      }
      case Step.Remove(int key, Guard guard, _) -> {
        if (guard.condition() == Guard.Condition.AT_VERSION) {
          batch.delete(keys.key(key), guard.version());
        } else {
          batch.delete(keys.key(key));
        }
      }
      case Step.Move(int source, int target, Existing existing) ->
          batch.rename(keys.key(source), keys.key(target), existing);
      case Step.Require(int key, Guard guard) -> {
        if (guard.condition() == Guard.Condition.ABSENT) {
          batch.requireAbsent(keys.key(key));
        } else {
          batch.requireVersion(keys.key(key), guard.version());
        }
      }
      case Step.RequireEmpty(Span span) -> batch.requireEmptyPrefix(keys.key(span.from()));
    }
  }
}
