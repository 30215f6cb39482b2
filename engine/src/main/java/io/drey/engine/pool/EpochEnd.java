package io.drey.engine.pool;

import io.drey.engine.event.LatchWait;

/**
 * The end of an epoch: one moment that parts all changes. It waits for those who are inside the
 * gate alone and for those who have joined the epoch, and until it is closed nobody else joins. All
 * other changes go on: what they reserve before the log {@link #pass begins} the next epoch is
 * before the moment, though they may not have applied it yet; they have the latches of the blobs
 * they apply it to until they have.
 *
 * <p>Instant, whatever the size of the tree. Of one thread.
 */
public final class EpochEnd implements AutoCloseable {
  private final Gate gate;
  private final FramePool pool;
  private final Epochs epochs;
  private final long inside;
  private final long stamp;
  private final long began;

  EpochEnd(Gate gate, FramePool pool, Epochs epochs) {
    this.gate = gate;
    this.pool = pool;
    this.epochs = epochs;
    this.inside = gate.enterShared();
    long free = epochs.tryBeginEnd();
    this.stamp = free != 0 ? free : await();
    this.began = System.nanoTime();
  }

  private long await() {
    LatchWait event = new LatchWait();
    event.begin();
    long held = epochs.beginEnd();
    event.end();
    if (event.shouldCommit()) {
      event.store = gate.store();
      event.mode = "Epoch";
      event.commit();
    }
    return held;
  }

  /**
   * Keeps what the epoch comes to for a snapshot, whose number is returned; before {@link #pass}.
   */
  public long openSnapshot() {
    Ledger ledger = pool.ledger();
    ledger.take();
    try {
      return epochs.openSnapshot();
    } finally {
      ledger.giveBack();
    }
  }

  /**
   * Begins the next epoch, whose number is returned. The log begins it right after, whatever
   * happens: until then nobody reserves anything for it.
   */
  public long pass() {
    return epochs.pass();
  }

  /** How long nobody could join an epoch so far. */
  public long nanos() {
    return System.nanoTime() - began;
  }

  @Override
  public void close() {
    epochs.leaveEnd(stamp);
    gate.leaveShared(inside);
  }
}
