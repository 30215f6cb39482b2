package io.drey.crash;

/** What the oracle says of one recovery. */
public sealed interface Verdict {
  /**
   * The recovered state is allowed.
   *
   * @param operations how many operations of the history it contains
   */
  record Sound(int operations) implements Verdict {}

  /**
   * An invariant does not hold.
   *
   * @param detail what was expected and what was found, for a reader
   */
  record Broken(Invariant invariant, String detail) implements Verdict {}
}
