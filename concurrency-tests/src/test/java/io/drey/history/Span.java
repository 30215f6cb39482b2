package io.drey.history;

/**
 * Neighbouring keys of a {@link Keyspace}.
 *
 * @param from the first key's number
 * @param to one beyond the last key's number
 */
record Span(int from, int to) {
  int size() {
    return to - from;
  }

  boolean holds(int key) {
    return from <= key && key < to;
  }
}
