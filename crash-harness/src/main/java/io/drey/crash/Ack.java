package io.drey.crash;

/**
 * A store's word that an operation took place. Since a recovered state is the state after some
 * prefix of the operations, it speaks for every earlier operation too.
 *
 * @param promise what the operation, and all acknowledged before it, survive from now on
 * @param version the version or sequence number the store gave the operation; 0 = it gives none. No
 *     store may give a version that is not above every one it has acknowledged in the same
 *     directory, whatever was lost in between
 */
public record Ack(Promise promise, long version) {
  /** An acknowledgement without a version. */
  public static Ack of(Promise promise) {
    return new Ack(promise, 0);
  }
}
