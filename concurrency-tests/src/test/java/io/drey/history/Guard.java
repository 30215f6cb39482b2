package io.drey.history;

/**
 * What a step asks of the record it meets.
 *
 * @param version the record's version, for {@link Condition#AT_VERSION} alone
 */
record Guard(Condition condition, long version) {
  enum Condition {
    NONE,
    ABSENT,
    AT_VERSION
  }

  static final Guard NONE = new Guard(Condition.NONE, 0);
  static final Guard ABSENT = new Guard(Condition.ABSENT, 0);

  static Guard at(long version) {
    return new Guard(Condition.AT_VERSION, version);
  }
}
