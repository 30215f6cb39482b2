package io.drey.model;

import io.drey.Existing;
import java.util.List;

/**
 * One operation, in numbers. Keys are numbers of a {@link KeySpace}; a value is {@link Bytes#value}
 * of a length and a seed. Whether an operation finds its key depends on the state it meets, so that
 * a list of operations stays runnable when some are taken out.
 */
sealed interface Operation {
  /** The version that a conditional operation expects. */
  enum Guess {
    /** The record's version before the operation, 0 when there is none. */
    CURRENT,
    /** A version from before that one. */
    STALE
  }

  /** What the function of an update makes. */
  enum Made {
    NEW_VALUE,
    /** What it was given. */
    SAME,
    NOTHING,
    /** It throws. */
    FAILURE
  }

  /** In which order records are deleted. */
  enum Order {
    ASCENDING,
    DESCENDING
  }

  record Put(int key, int length, int seed) implements Operation {}

  record Set(int key, int length, int seed) implements Operation {}

  record PutIfAbsent(int key, int length, int seed) implements Operation {}

  record Replace(int key, Guess guess, int length, int seed) implements Operation {}

  record Update(int key, Made made, int length, int seed) implements Operation {}

  record Delete(int key) implements Operation {}

  record DeleteVersion(int key, Guess guess) implements Operation {}

  record Rename(int source, int target, Existing existing) implements Operation {}

  record Get(int key) implements Operation {}

  /** {@code getAll} of so many keys, every {@code step}-th from {@code key} on, in a circle. */
  record GetAll(int key, int count, int step) implements Operation {}

  /** {@code longestPrefix} of the first bytes of a key and some more. */
  record Longest(int key, int prefixBytes, int more) implements Operation {}

  /** {@code isPrefixEmpty} and {@code count} of the first bytes of a key. */
  record Below(int key, int prefixBytes) implements Operation {}

  record Atomic(List<Step> steps) implements Operation {
    public Atomic {
      steps = List.copyOf(steps);
    }
  }

  record Read(ScanShape shape) implements Operation {}

  /** The scan page by page, each page starting after the last entry of the one before. */
  record Pages(ScanShape shape, int pageEntries) implements Operation {}

  /** Deletes every record, one by one. */
  record DeleteAll(Order order) implements Operation {}

  record Checkpoint() implements Operation {}

  record Compact() implements Operation {}

  record Stats() implements Operation {}

  /** Closes the tree and opens it again. */
  record Reopen() implements Operation {}

  /** Leaves the tree as a killed process would, and opens what is in its files at that moment. */
  record Kill() implements Operation {}

  /** Compares everything and runs {@code check}. */
  record Verify() implements Operation {}

  /** An operation of a batch. */
  sealed interface Step {}

  record StepPut(int key, int length, int seed) implements Step {}

  record StepPutIfAbsent(int key, int length, int seed) implements Step {}

  record StepReplace(int key, Guess guess, int length, int seed) implements Step {}

  record StepDelete(int key) implements Step {}

  record StepDeleteVersion(int key, Guess guess) implements Step {}

  record StepRename(int source, int target, Existing existing) implements Step {}

  record RequireAbsent(int key) implements Step {}

  record RequireVersion(int key, Guess guess) implements Step {}

  record RequireEmptyPrefix(int key, int prefixBytes) implements Step {}
}
