package io.drey.engine.pool;

import io.drey.engine.event.LatchRestart;
import io.drey.engine.frame.LatchedFrame;
import io.drey.engine.store.StoredImage;
import org.jspecify.annotations.Nullable;

/**
 * An image of a blob: where it is in memory, and where on disk. Its latch guards what is in memory;
 * the {@link Ledger} guards what is noted down. {@link #image} changes under both, so either will
 * do to read it.
 */
abstract class BlobImage extends LatchedFrame {
  /** The number under which events tell the store. */
  final long store;

  /** The blob's id. */
  final long id;

  /** Its place in memory, or null. */
  @Nullable PooledFrame image;

  /** Where it lies on disk; null = nowhere, it is dirty in memory. */
  @Nullable StoredImage stored;

  /** Operations that need it in memory; above 0 it must not be evicted. */
  int pins;

  /** Walks that began anew because of it; a count may get lost. For any thread. */
  private int restarts;

  /** Pages read of it since it left memory; a count may get lost. For any thread. */
  int pageReads;

  BlobImage(long store, long id) {
    this.store = store;
    this.id = id;
  }

  @Override
  public final void met() {
    restarts++;
    LatchRestart event = new LatchRestart();
    if (event.shouldCommit()) {
      long stamp = optimistic();
      event.store = store;
      event.blob = id;
      event.reason = isRetired(stamp) ? "Gone" : isHeld(stamp) ? "Held" : "Changed";
      event.restarts = restarts;
      event.commit();
    }
  }

  /** Gives it a place in memory, or none; the latch is held. */
  void install(@Nullable PooledFrame image) {
    this.image = image;
    pageReads = 0;
    place(image == null ? null : image.frame);
  }
}
