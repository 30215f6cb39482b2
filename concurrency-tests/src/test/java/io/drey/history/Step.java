package io.drey.history;

import io.drey.Existing;

/** One step of a {@link Change}. */
sealed interface Step {
  /** The key whose record the step makes or leaves, or the one it looks at. */
  int key();

  /**
   * Stores a value under a key.
   *
   * @param value the value's number, never given to another write
   * @param previous what the write told of the value before: its number, {@link Fact#ABSENT} or
   *     {@link Fact#UNTOLD}
   */
  record Write(int key, long value, Guard guard, long previous) implements Step {}

  /**
   * Removes a record.
   *
   * @param previous as for {@link Write}
   */
  record Remove(int key, Guard guard, long previous) implements Step {}

  /** Moves a record. */
  record Move(int source, int target, Existing existing) implements Step {
    @Override
    public int key() {
      return target;
    }

    boolean isIdle() {
      return source == target;
    }
  }

  /** A guard that changes nothing. */
  record Require(int key, Guard guard) implements Step {}

  /** A guard: no key of the span has a record. */
  record RequireEmpty(Span span) implements Step {
    @Override
    public int key() {
      return span.from();
    }
  }
}
