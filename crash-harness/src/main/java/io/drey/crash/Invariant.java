package io.drey.crash;

/** What the oracle checks after every recovery. */
public enum Invariant {
  /** I1: every acknowledged operation is there, as far as its promise reaches. */
  ACKNOWLEDGED_KEPT,
  /** I2: the state is the one after some prefix of the operations. */
  PREFIX,
  /** I3: an operation is there as a whole or not at all. */
  ATOMIC,
  /** I4: the store's own check finds nothing. */
  STRUCTURE,
  /** I5: recovering again, or after a crash of the recovery, gives the same state. */
  REPEATABLE,
  /** I6: nothing deleted returns, no version is given twice. */
  NO_RETURN,
  /** I7: bytes of another store or an older life never show. */
  NOTHING_FOREIGN,
  /** The store opens after every crash; it refuses, typed, only files that were damaged. */
  OPENS,
  /** Every failure a user meets is typed. */
  TYPED_ERRORS,
  /** Nothing waits forever. */
  PROGRESS,
  /** A read gives what was written, or a typed error. */
  TRUE_READS,
  /** Every store into a mapped region is told of by {@code dirty}: else no harness sees it. */
  STORES_TOLD
}
