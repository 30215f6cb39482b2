package io.drey.engine.pool;

import org.jspecify.annotations.Nullable;

/** One blob of the tree, as it is now, and the images it had that snapshots still need. */
final class Blob extends BlobImage {
  /** What its frame's header said when it last left memory; null = it was not in memory yet. */
  @Nullable BlobFigures figures;

  /** The last stretch between two captures in which it changed, of {@link BlobTable}. */
  long changedIn;

  /**
   * The epoch in which the current image came about: what it is now it was not in any earlier one.
   * Changed with the latch held.
   */
  volatile long since;

  /** The images before the current one, newest first. Set before {@link #since}. */
  volatile @Nullable OldImage older;

  /** Whether the id may be given to another blob once no snapshot needs this one. */
  boolean idFree;

  Blob(long store, long id, long since) {
    super(store, id);
    this.since = since;
  }
}
