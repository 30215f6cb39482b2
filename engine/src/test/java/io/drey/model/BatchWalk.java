package io.drey.model;

import io.drey.Batch;
import io.drey.Existing;
import io.drey.model.Operation.Guess;
import io.drey.testing.Limits;
import java.util.ArrayList;
import java.util.List;

/** A batch, as calls of the tree's batch and as steps of the model. */
final class BatchWalk {
  /** One call of a batch. */
  @FunctionalInterface
  interface Call {
    void on(Batch batch);
  }

  /** Turns a guess into a version. */
  @FunctionalInterface
  interface Versions {
    long version(byte[] key, Guess guess);
  }

  private final List<byte[]> keys;
  private final Model model;
  private final Versions versions;

  BatchWalk(List<byte[]> keys, Model model, Versions versions) {
    this.keys = keys;
    this.model = model;
    this.versions = versions;
  }

  /** Returns the calls; their versions are those before the batch. */
  List<Call> calls(List<Operation.Step> steps) {
    List<Call> calls = new ArrayList<>();
    for (Operation.Step step : steps) {
      calls.add(call(step));
    }
    return calls;
  }

  private Call call(Operation.Step step) {
    return switch (step) {
      case Operation.StepPut(int key, int length, int seed) ->
          batch -> batch.put(keys.get(key), Bytes.value(length, seed));
      case Operation.StepPutIfAbsent(int key, int length, int seed) ->
          batch -> batch.putIfAbsent(keys.get(key), Bytes.value(length, seed));
      case Operation.StepReplace(int key, Guess guess, int length, int seed) -> {
        long version = versions.version(keys.get(key), guess);
        yield batch -> batch.replace(keys.get(key), version, Bytes.value(length, seed));
      }
      case Operation.StepDelete(int key) -> batch -> batch.delete(keys.get(key));
      case Operation.StepDeleteVersion(int key, Guess guess) -> {
        long version = versions.version(keys.get(key), guess);
        yield batch -> batch.delete(keys.get(key), version);
      }
      case Operation.StepRename(int source, int target, Existing existing) ->
          batch -> batch.rename(keys.get(source), keys.get(target), existing);
      case Operation.RequireAbsent(int key) -> batch -> batch.requireAbsent(keys.get(key));
      case Operation.RequireVersion(int key, Guess guess) -> {
        long version = versions.version(keys.get(key), guess);
        yield batch -> batch.requireVersion(keys.get(key), version);
      }
      case Operation.RequireEmptyPrefix(int key, int prefixBytes) ->
          batch -> batch.requireEmptyPrefix(ScanShape.cut(keys.get(key), prefixBytes));
    };
  }

  /** Runs the steps on the model, up to the first that fails, and returns how the batch ends. */
  Outcome expected(List<Operation.Step> steps) {
    for (Operation.Step step : steps) {
      Outcome refused = refused(step);
      if (refused != Outcome.APPLIED) {
        return refused;
      }
    }
    for (Operation.Step step : steps) {
      Outcome outcome = apply(step);
      if (outcome != Outcome.APPLIED) {
        return outcome;
      }
    }
    return Outcome.APPLIED;
  }

  /** Returns the keys that the steps name. */
  List<byte[]> touched(List<Operation.Step> steps) {
    List<byte[]> touched = new ArrayList<>();
    for (Operation.Step step : steps) {
      switch (step) {
        case Operation.StepPut(int key, _, _) -> touched.add(keys.get(key));
        case Operation.StepPutIfAbsent(int key, _, _) -> touched.add(keys.get(key));
        case Operation.StepReplace(int key, _, _, _) -> touched.add(keys.get(key));
        case Operation.StepDelete(int key) -> touched.add(keys.get(key));
        case Operation.StepDeleteVersion(int key, _) -> touched.add(keys.get(key));
        case Operation.StepRename(int source, int target, _) -> {
          touched.add(keys.get(source));
          touched.add(keys.get(target));
        }
        case Operation.RequireAbsent _,
            Operation.RequireVersion _,
            Operation.RequireEmptyPrefix _ -> {}
      }
    }
    return touched;
  }

  private Outcome refused(Operation.Step step) {
    return switch (step) {
      case Operation.StepPut(int key, int length, _) -> refused(keys.get(key), length);
      case Operation.StepPutIfAbsent(int key, int length, _) -> refused(keys.get(key), length);
      case Operation.StepReplace(int key, _, int length, _) -> refused(keys.get(key), length);
      case Operation.StepRename(_, int target, _) -> refused(keys.get(target), 0);
      default -> Outcome.APPLIED;
    };
  }

  private static Outcome refused(byte[] key, int length) {
    if (key.length > Limits.KEY_BYTES_MAX) {
      return Outcome.KEY_TOO_LONG;
    }
    return length > Limits.KEY_BYTES_MAX ? Outcome.VALUE_TOO_LONG : Outcome.APPLIED;
  }

  private Outcome apply(Operation.Step step) {
    return switch (step) {
      case Operation.StepPut(int key, int length, int seed) -> write(true, key, length, seed);
      case Operation.StepPutIfAbsent(int key, int length, int seed) ->
          write(model.get(keys.get(key)) == null, key, length, seed);
      case Operation.StepReplace(int key, Guess guess, int length, int seed) ->
          write(matches(key, guess), key, length, seed);
      case Operation.StepDelete(int key) -> remove(true, key);
      case Operation.StepDeleteVersion(int key, Guess guess) -> remove(matches(key, guess), key);
      case Operation.StepRename(int source, int target, Existing existing) ->
          model.rename(keys.get(source), keys.get(target), existing);
      case Operation.RequireAbsent(int key) -> guard(model.get(keys.get(key)) == null);
      case Operation.RequireVersion(int key, Guess guess) -> guard(matches(key, guess));
      case Operation.RequireEmptyPrefix(int key, int prefixBytes) ->
          guard(model.isPrefixEmpty(ScanShape.cut(keys.get(key), prefixBytes)));
    };
  }

  /** A record written earlier in the batch has a version that nobody could guess. */
  private boolean matches(int key, Guess guess) {
    Held held = model.get(keys.get(key));
    return guess == Guess.CURRENT && held != null && held.version != Held.PENDING;
  }

  private Outcome write(boolean holds, int key, int length, int seed) {
    if (holds) {
      model.write(keys.get(key), Bytes.value(length, seed));
    }
    return guard(holds);
  }

  private Outcome remove(boolean holds, int key) {
    if (holds) {
      model.remove(keys.get(key));
    }
    return guard(holds);
  }

  private static Outcome guard(boolean holds) {
    return holds ? Outcome.APPLIED : Outcome.GUARD_FAILED;
  }
}
