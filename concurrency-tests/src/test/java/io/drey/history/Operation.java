package io.drey.history;

import java.util.List;

/** An operation and its result, as far as the checker has to know them. */
sealed interface Operation {
  /** How a change ended. */
  enum Outcome {
    DONE,
    /** A guard did not hold. */
    REFUSED,
    /** A move found no source. */
    NO_SOURCE,
    /** A move found a target that is to be kept. */
    TARGET_KEPT
  }

  /**
   * A read: all of it was true at one moment.
   *
   * @param facts what was told of single keys
   * @param occupied spans of which it was told that a record is in them
   */
  record Reading(List<Fact> facts, List<Span> occupied) implements Operation {
    public Reading {
      facts = List.copyOf(facts);
      occupied = List.copyOf(occupied);
    }

    static Reading of(Fact... facts) {
      return new Reading(List.of(facts), List.of());
    }
  }

  /** A count of the records in a span, and of the bytes of their keys and values. */
  record Counting(Span span, long records, long bytes) implements Operation {}

  /** A change: its steps apply in order, all at one moment, or none does. */
  record Change(List<Step> steps, Outcome outcome) implements Operation {
    public Change {
      steps = List.copyOf(steps);
    }

    static Change of(Outcome outcome, Step... steps) {
      return new Change(List.of(steps), outcome);
    }

    /** Whether it is known that nothing changed, so that it is but a read. */
    boolean isPassive() {
      return outcome != Outcome.DONE || steps.stream().allMatch(Change::isPassive);
    }

    private static boolean isPassive(Step step) {
      return switch (step) {
        case Step.Write _ -> false;
        case Step.Remove remove -> remove.previous() == Fact.ABSENT;
        case Step.Move move -> move.isIdle();
        case Step.Require _, Step.RequireEmpty _ -> true;
      };
    }
  }
}
