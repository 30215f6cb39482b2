package io.drey;

import io.drey.engine.mutation.Applier;

/** One change on its way through {@link Writes}. One thread. */
abstract class PendingChange {
  /** {@link #check}: everything needed is in memory, and the change goes ahead. */
  static final long READY = 0;

  /** {@link #check}: the change is decided, and changes nothing. */
  static final long REFUSED = -1;

  /** Whether the change took place. */
  boolean applied;

  /** Where its record lies once it took place. */
  long position;

  /** What the caller called, for messages. */
  abstract String operation();

  /** The most bytes that {@link #body} may have. */
  abstract int bodyBytesAtMost();

  /**
   * Looks at the tree, inside the gate, and changes nothing.
   *
   * @return {@link #READY}, {@link #REFUSED}, or the blob to load before checking again
   */
  abstract long check(Applier applier);

  /** The type of its record; after a check that found it ready, as the two below. */
  abstract int type();

  abstract byte[] body();

  abstract int seqCount();

  /** Applies it after a check that found it ready, inside the same gate. Cannot fail. */
  abstract void apply(Applier applier, long seq);
}
