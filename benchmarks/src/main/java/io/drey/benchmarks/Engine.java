package io.drey.benchmarks;

import org.jspecify.annotations.Nullable;

/** What the reference workload asks of a store. Safe for use by several threads. */
interface Engine extends AutoCloseable {
  String name();

  String version();

  byte @Nullable [] get(byte[] key);

  void put(byte[] key, byte[] value);

  void delete(byte[] key);

  /** Moves a record to a key that has none, atomically. */
  void rename(byte[] source, byte[] target);

  /** Visits the first records below a prefix, key and value, and returns how many there were. */
  long list(byte[] prefix, int entries);

  /** Visits the first keys below a prefix and returns how many there were. */
  long listKeys(byte[] prefix, int entries);

  /** Visits the first keys and common prefixes below a prefix and returns how many there were. */
  long rollUp(byte[] prefix, byte delimiter, int entries);

  @Override
  void close();
}
