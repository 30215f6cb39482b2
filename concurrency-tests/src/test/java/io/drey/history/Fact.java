package io.drey.history;

/**
 * What an operation told of one key at some moment.
 *
 * @param key the number of the key in its {@link Keyspace}
 * @param value the number of the value that is there, {@link #ABSENT}, or {@link #PRESENT}
 * @param version the record's version, 0 = not told
 */
record Fact(int key, long value, long version) {
  /** There is no record. */
  static final long ABSENT = 0;

  /** There is a record; its value was not told. */
  static final long PRESENT = -1;

  /** Nothing was told, not even whether there is a record. */
  static final long UNTOLD = -2;

  static Fact absent(int key) {
    return new Fact(key, ABSENT, 0);
  }

  /** Whether the value is told, so that it names the write it comes from. */
  boolean namesValue() {
    return value > 0;
  }
}
