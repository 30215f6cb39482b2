package io.drey;

/** One call on a {@link Batch}, with physical keys and copies of the caller's arrays. */
@SuppressWarnings("ArrayRecordComponent") // carriers, never compared
sealed interface BatchStep {
  record Put(byte[] key, byte[] value, Guard guard) implements BatchStep {}

  record Delete(byte[] key, Guard guard) implements BatchStep {}

  record Rename(byte[] source, byte[] target, Existing existing) implements BatchStep {}

  record Require(byte[] key, Guard guard) implements BatchStep {}

  record RequireEmpty(byte[] prefix) implements BatchStep {}

  /** What a step asks of the record it meets; the version counts for {@code AT_VERSION} alone. */
  record Guard(KeyChange.Condition condition, long version) {
    static final Guard NONE = new Guard(KeyChange.Condition.NONE, 0);
    static final Guard ABSENT = new Guard(KeyChange.Condition.ABSENT, 0);

    static Guard at(long version) {
      return new Guard(KeyChange.Condition.AT_VERSION, version);
    }
  }
}
