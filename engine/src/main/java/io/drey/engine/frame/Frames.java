package io.drey.engine.frame;

import org.jspecify.annotations.Nullable;

/**
 * The port through which walks read frames, optimistically: of the tree as it is, or as it was. A
 * walk keeps nothing it got here. None of these methods waits or does I/O: a blob that is not in
 * memory has a latch and no frame.
 */
public interface Frames {
  /**
   * The latch of {@code blob} for an optimistic walk; null = no such blob, or not to be seen yet by
   * this thread. Counts as a use of the blob.
   */
  @Nullable LatchedFrame latched(long blob);

  /** The stamp under which a walk may read what {@link #latched} gave; a held one is none. */
  default long stamp(LatchedFrame latch) {
    return latch.optimistic();
  }

  /**
   * The stamp of all moves of subtrees, which change what everything below them means and touch
   * none of it: a read is true only if it is the same before its first step and after its last one.
   */
  default long moves() {
    return 0;
  }

  /** Whether the latch, if it is held, is held by the change that walks here. */
  boolean isMine(LatchedFrame latch);

  /** What says that the tree is damaged: an edge leads to {@code blob}, which does not exist. */
  static IndexOutOfBoundsException noBlob(long blob) {
    return new IndexOutOfBoundsException("an edge leads to blob " + blob + ", which is none");
  }

  /** The blob whose entry 0 is the root of the tree; never freed. */
  long rootBlob();
}
