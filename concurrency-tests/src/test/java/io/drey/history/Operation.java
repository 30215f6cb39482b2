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
   * @param counts what was counted
   * @param moment the version of the last change before that moment, 0 = not told
   */
  record Reading(List<Fact> facts, List<Span> occupied, List<Count> counts, long moment)
      implements Operation {
    public Reading {
      facts = List.copyOf(facts);
      occupied = List.copyOf(occupied);
      counts = List.copyOf(counts);
    }

    static Reading of(Fact... facts) {
      return of(List.of(facts));
    }

    static Reading of(List<Fact> facts) {
      return new Reading(facts, List.of(), List.of(), 0);
    }

    static Reading some(Span span) {
      return new Reading(List.of(), List.of(span), List.of(), 0);
    }

    static Reading count(Span span, long records, long bytes) {
      return new Reading(List.of(), List.of(), List.of(new Count(span, records, bytes)), 0);
    }
  }

  /** The records of a span, and the bytes of their keys and values. */
  record Count(Span span, long records, long bytes) {}

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
