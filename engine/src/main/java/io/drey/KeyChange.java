package io.drey;

import io.drey.engine.checkpoint.Backpressure;
import io.drey.engine.log.MutationCodec;
import io.drey.engine.log.MutationType;
import io.drey.engine.mutation.Applier;
import org.jspecify.annotations.Nullable;

/** One change of one key: what is asked, and after it ran, what came of it. One thread. */
final class KeyChange extends PendingChange {
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

  private final String operation;
  private final byte[] key;

  /** Null = the record goes. */
  private final byte @Nullable [] value;

  private final Condition condition;
  private final long expectedVersion;
  private final Previous wanted;
  private final byte[] body;

  /** The value that was there, where it was wanted. */
  byte @Nullable [] previous;

  private KeyChange(
      String operation,
      byte[] key,
      byte @Nullable [] value,
      Condition condition,
      long expectedVersion,
      Previous wanted) {
    this.operation = operation;
    this.key = key;
    this.value = value;
    this.condition = condition;
    this.expectedVersion = expectedVersion;
    this.wanted = wanted;
    this.body = value != null ? MutationCodec.put(key, value) : MutationCodec.delete(key);
  }

  static KeyChange put(byte[] key, byte[] value, Previous wanted) {
    return new KeyChange("put", key, value, Condition.NONE, 0, wanted);
  }

  static KeyChange putIfAbsent(byte[] key, byte[] value) {
    return new KeyChange("putIfAbsent", key, value, Condition.ABSENT, 0, Previous.IGNORED);
  }

  static KeyChange replace(byte[] key, long expectedVersion, byte[] value) {
    return new KeyChange(
        "replace", key, value, Condition.AT_VERSION, expectedVersion, Previous.IGNORED);
  }

  static KeyChange delete(byte[] key) {
    return new KeyChange("delete", key, null, Condition.PRESENT, 0, Previous.RETURNED);
  }

  static KeyChange delete(byte[] key, long expectedVersion) {
    return new KeyChange(
        "delete", key, null, Condition.AT_VERSION, expectedVersion, Previous.IGNORED);
  }

  /** Lets the record be {@code after}, null = gone, if it still is {@code before}. */
  static KeyChange update(byte[] key, @Nullable Entry before, byte @Nullable [] after) {
    return before == null
        ? new KeyChange("update", key, after, Condition.ABSENT, 0, Previous.IGNORED)
        : new KeyChange(
            "update", key, after, Condition.AT_VERSION, before.version(), Previous.IGNORED);
  }

  @Override
  String operation() {
    return operation;
  }

  @Override
  LatencyRecorder recorder(Latencies latencies) {
    return latencies.change;
  }

  @Override
  int bodyBytesAtMost() {
    return body.length;
  }

  @Override
  Backpressure.Effect effect() {
    return value == null ? Backpressure.Effect.REMOVES : Backpressure.Effect.ANY;
  }

  @Override
  boolean besideOthers() {
    return true;
  }

  @Override
  long check(Applier applier) {
    previous = null; // an earlier check may have met a record that is gone by now
    long walked = applier.walk(key);
    if (walked != 0) {
      return walked;
    }
    boolean present = applier.found();
    boolean admitted =
        switch (condition) {
          case NONE -> true;
          case ABSENT -> !present;
          case PRESENT -> present;
          case AT_VERSION -> present && applier.version() == expectedVersion;
        };
    if (!admitted) {
      return applier.isValid() ? REFUSED : STALE;
    }
    if (!applier.hold()) {
      return STALE;
    }
    if (present && wanted == Previous.RETURNED) {
      previous = applier.value();
    }
    return READY;
  }

  @Override
  boolean prepare(Applier applier) {
    return value != null ? applier.preparePut(key, value.length) : applier.prepareDelete();
  }

  @Override
  int type() {
    return value != null ? MutationType.PUT : MutationType.DELETE;
  }

  @Override
  byte[] body() {
    return body;
  }

  @Override
  int seqCount() {
    return 1;
  }

  @Override
  void apply(Applier applier, long seq) {
    if (value != null) {
      applier.put(key, value, seq);
    } else {
      applier.delete(key);
    }
  }
}
