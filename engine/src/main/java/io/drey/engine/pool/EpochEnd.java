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

  /** Begun only where it had to wait. */
  private final LatchWait wait;

  EpochEnd(Gate gate, FramePool pool, Epochs epochs) {
    this.gate = gate;
    this.pool = pool;
    this.epochs = epochs;
    LatchWait event = new LatchWait();
    this.inside = gate.enterShared();
    long free = 0;
    try {
      free = epochs.tryBeginEnd();
      if (free == 0) {
        event.begin();
        free = epochs.beginEnd();
        event.end();
      }
    } finally {
      if (free == 0) {
        gate.leaveShared(inside);
      }
    }
    this.stamp = free;
    this.wait = event;
    this.began = System.nanoTime();
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

  /** The number of the epoch that begins; the log begins it before {@link #pass}. */
  public long next() {
    return epochs.now() + 1;
  }

  /**
   * Begins the next epoch. ORDER: the log first: until this nobody has changed anything for it, and
   * where the log could not begin it nothing has happened.
   */
  public void pass() {
    epochs.pass();
  }

  /** How long nobody could join an epoch so far. */
  public long nanos() {
    return System.nanoTime() - began;
  }

  @Override
  public void close() {
    epochs.leaveEnd(stamp);
    gate.leaveShared(inside);
    if (wait.shouldCommit()) {
      wait.store = gate.store();
      wait.mode = "Epoch";
      wait.commit();
    }
  }
}
