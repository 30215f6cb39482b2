package io.drey;

/**
 * The operations of one atomic step. They apply in the order in which they were given, and each
 * sees the ones before it; to everybody else all of them happen, or none.
 *
 * <p>Conditional operations and {@code require...} are <em>guards</em>: when one does not hold,
 * nothing of the batch happens and {@code atomic} returns {@code false}. A batch belongs to the
 * function it was given to and to that function's thread; using it afterwards is an {@link
 * IllegalStateException}. Arrays are copied by each call.
 *
 * <p>Each record that a batch writes gets a version of its own. Every method returns this batch.
 */
public interface Batch {
  /**
   * Stores a record, whatever was there.
   *
   * @throws KeyTooLongException when the key is over the limit
   * @throws ValueTooLongException when the value is over the limit
   */
  Batch put(byte[] key, byte[] value);

  /**
   * Guard: stores a record where there is none.
   *
   * @throws KeyTooLongException when the key is over the limit
   * @throws ValueTooLongException when the value is over the limit
   */
  Batch putIfAbsent(byte[] key, byte[] value);

  /**
   * Guard: stores a new value for a record that is still at {@code expectedVersion}.
   *
   * @throws KeyTooLongException when the key is over the limit
   * @throws ValueTooLongException when the value is over the limit
   */
  Batch replace(byte[] key, long expectedVersion, byte[] value);

  /** Deletes a record if there is one. No guard: a missing record is no failure. */
  Batch delete(byte[] key);

  /** Guard: deletes a record that is still at {@code expectedVersion}. */
  Batch delete(byte[] key, long expectedVersion);

  /**
   * Moves a record to another key and gives it a new version. No guard: when it cannot be done,
   * {@code atomic} throws {@link KeyNotFoundException} for a missing source or {@link
   * KeyExistsException} for a target that {@link Existing#KEEP} protects, and nothing changes.
   *
   * @throws KeyTooLongException when the target is over the limit
   */
  Batch rename(byte[] source, byte[] target, Existing existing);

  /** Guard: there is no record at {@code key}. */
  Batch requireAbsent(byte[] key);

  /** Guard: the record at {@code key} is there and at {@code version}. */
  Batch requireVersion(byte[] key, long version);

  /** Guard: no record's key begins with {@code prefix}. */
  Batch requireEmptyPrefix(byte[] prefix);
}
