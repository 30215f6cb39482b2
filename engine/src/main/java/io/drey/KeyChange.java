package io.drey;

import org.jspecify.annotations.Nullable;

/** One change of one key: what is asked, and after it ran, what came of it. One thread. */
final class KeyChange {
  /** What the change asks of the record it meets. */
  enum Condition {
    NONE,
    ABSENT,
    PRESENT,
    AT_VERSION
  }

  /** Whether the caller wants the value that was there. */
  enum Previous {
    RETURNED,
    IGNORED
  }

  final byte[] key;

  /** Null = the record goes. */
  final byte @Nullable [] value;

  final Condition condition;
  final long expectedVersion;
  final Previous wanted;

  byte @Nullable [] previous;
  boolean applied;

  private KeyChange(
      byte[] key,
      byte @Nullable [] value,
      Condition condition,
      long expectedVersion,
      Previous wanted) {
    this.key = key;
    this.value = value;
    this.condition = condition;
    this.expectedVersion = expectedVersion;
    this.wanted = wanted;
  }

  static KeyChange put(byte[] key, byte[] value, Previous wanted) {
    return new KeyChange(key, value, Condition.NONE, 0, wanted);
  }

  static KeyChange putIfAbsent(byte[] key, byte[] value) {
    return new KeyChange(key, value, Condition.ABSENT, 0, Previous.IGNORED);
  }

  static KeyChange replace(byte[] key, long expectedVersion, byte[] value) {
    return new KeyChange(key, value, Condition.AT_VERSION, expectedVersion, Previous.IGNORED);
  }

  static KeyChange delete(byte[] key) {
    return new KeyChange(key, null, Condition.PRESENT, 0, Previous.RETURNED);
  }

  static KeyChange delete(byte[] key, long expectedVersion) {
    return new KeyChange(key, null, Condition.AT_VERSION, expectedVersion, Previous.IGNORED);
  }

  /** Whether the change goes ahead where the record is (not) there at that version. */
  boolean admits(boolean present, long version) {
    return switch (condition) {
      case NONE -> true;
      case ABSENT -> !present;
      case PRESENT -> present;
      case AT_VERSION -> present && version == expectedVersion;
    };
  }
}
