package io.drey.engine.pool;

import io.drey.engine.frame.LatchedFrame;
import io.drey.engine.store.StoredImage;
import org.jspecify.annotations.Nullable;

/**
 * One blob of the tree. Its latch guards the current image; the {@link Ledger} guards what is noted
 * down of it. {@link #image} changes under both, so either will do to read it.
 */
final class Blob extends LatchedFrame {
  final long id;

  /** The current image in memory, or null. */
  @Nullable PooledFrame image;

  /** Where the current image lies on disk; null = nowhere, it is dirty in memory. */
  @Nullable StoredImage stored;

  /** What its frame's header said when it last left memory; null = it was not in memory yet. */
  @Nullable BlobFigures figures;

  /** Pages read of its image since it left memory; a count may get lost. For any thread. */
  int pageReads;

  /** Operations that need the blob in memory; above 0 it must not be evicted. */
  int pins;

  /** Whether the blob changed since the last capture. */
  boolean changed;

  Blob(long id) {
    this.id = id;
  }

  /** Makes {@code image} the current one, or none; the latch is held. */
  void install(@Nullable PooledFrame image) {
    this.image = image;
    pageReads = 0;
    place(image == null ? null : image.frame);
  }
}
