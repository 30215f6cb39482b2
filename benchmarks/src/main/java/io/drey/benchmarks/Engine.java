package io.drey.benchmarks;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** What the reference workload asks of a store. Safe for use by several threads. */
interface Engine extends AutoCloseable {
  String name();

  String version();

  byte @Nullable [] get(byte[] key);

  /** Copies the value into {@code target}, which has room for it, and returns its size. */
  int get(byte[] key, MemorySegment target);

  byte[] @Nullable [] getAll(byte[][] keys);

  void put(byte[] key, byte[] value);

  void delete(byte[] key);

  /** Moves a record to a key that has none, atomically. */
  void rename(byte[] source, byte[] target);

  /** Visits the first records below a prefix, key and value, and returns how many there were. */
  long list(byte[] prefix, int entries);

  /** Visits the last records below a prefix, the last one first, as {@link #list}. */
  long listReverse(byte[] prefix, int entries);

  /** Visits the first keys below a prefix and returns how many there were. */
  long listKeys(byte[] prefix, int entries);

  /** Visits the first keys and common prefixes below a prefix and returns how many there were. */
  long rollUp(byte[] prefix, byte delimiter, int entries);

  @Override
  void close();
}
