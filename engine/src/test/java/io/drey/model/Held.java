package io.drey.model;

/** A record as the model holds it. Immutable; the array is never written to. */
final class Held {
  /** The version of a record whose write the tree has not been asked about yet. */
  static final long PENDING = Long.MIN_VALUE;

  final byte[] value;
  final long version;

  Held(byte[] value, long version) {
    this.value = value;
    this.version = version;
  }
}
