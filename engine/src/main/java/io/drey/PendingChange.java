package io.drey;

import io.drey.engine.checkpoint.Backpressure;
import io.drey.engine.mutation.Applier;
import io.drey.engine.pool.FramePool;
import io.drey.engine.pool.Pins;
import org.jspecify.annotations.Nullable;

/** One change on its way through {@link Writes}. One thread. */
abstract class PendingChange {
  /** {@link #check}: everything needed is in memory, and the change goes ahead. */
  static final long READY = 0;

  /** {@link #check}: the change is decided, and changes nothing. */
  static final long REFUSED = -1;

  /** {@link #check}: another change was met, check again. Beside others only. */
  static final long STALE = Applier.STALE;

  /** Whether the change took place. */
  boolean applied;

  /** Where its record lies once it took place. */
  long position;

  /** Null until a step begins that may take long: most changes have none. */
  private @Nullable Steps steps;

  /**
   * The steps that it waits in.
   *
   * @param store the number under which events tell the store
   */
  final Steps steps(long store) {
    Steps known = steps;
    if (known == null) {
      known = new Steps(store, operation());
      steps = known;
    }
    return known;
  }

  /** The call has ended. */
  final void closeSteps() {
    if (steps != null) {
      steps.close();
    }
  }

  /** What the caller called, for messages. */
  abstract String operation();

  /** Where its latency counts. */
  abstract LatencyRecorder recorder(Latencies latencies);

  /** What it does to the store's size. */
  Backpressure.Effect effect() {
    return Backpressure.Effect.ANY;
  }

  /** The most bytes that {@link #body} may have. */
  abstract int bodyBytesAtMost();

  /**
   * The frames it takes at most beside those it changes: copies, splits. More than a change of one
   * key takes only where it is alone; then what is not free is taken beyond the limit.
   */
  int framesAtMost() {
    return FramePool.SPARE_FRAMES;
  }

  /** What it keeps in memory until it has been applied. */
  Pins pins() {
    return new Pins();
  }

  /** Whether it may go on beside other changes. */
  abstract boolean besideOthers();

  /** Whether its own work may take long, so that it counts as a slow call without any wait. */
  boolean isLong() {
    return false;
  }

  /**
   * Looks at the tree, inside the gate, and changes nothing. What it saw stays as it is, once it is
   * ready.
   *
   * @return {@link #READY}, {@link #REFUSED}, {@link #STALE}, or the blob to load before checking
   *     again
   */
  abstract long check(Applier applier);

  /**
   * Makes ready what applying needs, after a check that found it ready; false = another change was
   * met, check again.
   */
  abstract boolean prepare(Applier applier);

  /** The type of its record; after a check that found it ready, as the two below. */
  abstract int type();

  abstract byte[] body();

  abstract int seqCount();

  /** Applies it after a check that found it ready, inside the same gate. Cannot fail. */
  abstract void apply(Applier applier, long seq);
}
