package io.drey.engine.pool;

import io.drey.engine.frame.LatchedFrame;
import io.drey.engine.store.StoredImage;
import org.jspecify.annotations.Nullable;

/**
 * An image of a blob: where it is in memory, and where on disk. Its latch guards what is in memory;
 * the {@link Ledger} guards what is noted down. {@link #image} changes under both, so either will
 * do to read it.
 */
abstract class BlobImage extends LatchedFrame {
  /** The blob's id. */
  final long id;

  /** Its place in memory, or null. */
  @Nullable PooledFrame image;

  /** Where it lies on disk; null = nowhere, it is dirty in memory. */
  @Nullable StoredImage stored;

  /** Operations that need it in memory; above 0 it must not be evicted. */
  int pins;

  /** Pages read of it since it left memory; a count may get lost. For any thread. */
  int pageReads;

  BlobImage(long id) {
    this.id = id;
  }

  /** Gives it a place in memory, or none; the latch is held. */
  void install(@Nullable PooledFrame image) {
    this.image = image;
    pageReads = 0;
    place(image == null ? null : image.frame);
  }
}
