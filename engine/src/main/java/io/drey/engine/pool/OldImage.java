package io.drey.engine.pool;

import org.jspecify.annotations.Nullable;

/**
 * An image that a blob had, which a snapshot needs. It never changes; as any other it may be
 * written to a slot that no manifest names, leave memory and come back.
 */
final class OldImage extends BlobImage {
  final Blob blob;

  /** The first and the last epoch in which the blob was like this. */
  final long since;

  final long until;

  /** The image before it. */
  volatile @Nullable OldImage older;

  OldImage(Blob blob, long until) {
    super(blob.store, blob.id);
    this.blob = blob;
    this.since = blob.since;
    this.until = until;
    this.older = blob.older;
  }
}
