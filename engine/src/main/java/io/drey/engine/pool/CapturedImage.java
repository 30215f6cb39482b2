package io.drey.engine.pool;

import io.drey.engine.store.StoredImage;
import org.jspecify.annotations.Nullable;

/**
 * The image a blob had at the moment of a capture: held in memory until it is written, or already
 * stored.
 */
public final class CapturedImage {
  final Blob blob;
  final @Nullable PooledFrame image;
  @Nullable StoredImage stored;

  CapturedImage(Blob blob, @Nullable PooledFrame image, @Nullable StoredImage stored) {
    this.blob = blob;
    this.image = image;
    this.stored = stored;
  }

  public long blob() {
    return blob.id;
  }

  /** Where it lies on disk; null until it is written. */
  public @Nullable StoredImage stored() {
    return stored;
  }
}
