package io.drey.history;

/**
 * One operation of a history.
 *
 * @param thread the worker's number; a worker's operations may overlap when one runs inside another
 * @param call what was called, for people
 * @param start the ticket drawn before the call
 * @param end the ticket drawn after it
 */
record Event(int thread, String call, long start, long end, Operation operation) {
  /** Whether this operation had ended before the other began. */
  boolean isBefore(Event other) {
    return end < other.start;
  }
}
