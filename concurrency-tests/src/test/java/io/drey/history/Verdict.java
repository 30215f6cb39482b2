package io.drey.history;

/**
 * What came of a search.
 *
 * @param steps changes tried
 * @param story what could not be explained; empty when everything is
 */
record Verdict(Outcome outcome, long steps, String story) {
  enum Outcome {
    /** There is an order that explains every result. */
    EXPLAINED,
    /** There is none. */
    WRONG,
    /** None was found, and not everything was tried. */
    UNDECIDED
  }
}
