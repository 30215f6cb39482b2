package io.drey.engine.log;

/** One operation on physical keys, as the journal records it. */
@SuppressWarnings("ArrayRecordComponent") // carriers, never compared
public sealed interface Mutation {
  /** The key then holds the value. */
  record Put(byte[] key, byte[] value) implements Mutation {}

  /** The key is then absent. */
  record Delete(byte[] key) implements Mutation {}

  /** The target then holds the source's value under a new version, the source is absent. */
  record Rename(byte[] source, byte[] target) implements Mutation {}
}
