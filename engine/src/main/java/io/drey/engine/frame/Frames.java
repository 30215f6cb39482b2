package io.drey.engine.frame;

import org.jspecify.annotations.Nullable;

/**
 * The walkers' port to frames. A walker keeps nothing it got here between two operations.
 *
 * <p>None of these methods waits or does I/O: a blob that is not in memory is answered by null, and
 * what {@link #writable}, {@link #create} and {@link #scratch} need was made ready beforehand, so
 * they cannot fail.
 *
 * <p>Called inside the gate, all but {@link #latched} and {@link #rootBlob}, which optimistic
 * readers call outside of it.
 */
public interface Frames {
  /** The place with number {@code index}. */
  Frame at(int index);

  /** The current image of {@code blob}, null = not in memory. Counts as a use of the blob. */
  @Nullable Frame resident(long blob);

  /**
   * The latch of {@code blob} for an optimistic reader, outside the gate; null = no such blob, or
   * not to be seen yet by this thread. Counts as a use of the blob.
   */
  @Nullable LatchedFrame latched(long blob);

  /**
   * Tells a blob that is not in memory, and will be once it is loaded, from one that an edge names
   * and that does not exist. Inside the gate.
   *
   * @throws IndexOutOfBoundsException if there is no such blob: the tree is damaged
   */
  default void requireExists(long blob) {
    if (latched(blob) == null) {
      throw new IndexOutOfBoundsException("an edge leads to blob " + blob + ", which is none");
    }
  }

  /**
   * The image of {@code blob} to change; copied first where an older epoch still needs the old one.
   * The blob must be resident. Offsets of nodes stay valid; frames that {@link #resident} gave for
   * this blob before are stale afterwards.
   */
  ExclusiveFrame writable(long blob);

  /** A new blob: an empty formatted frame whose entry table has {@code entryCapacity} rows. */
  ExclusiveFrame create(int entryCapacity);

  /** Says that {@code blob} is gone: no edge names it any more. */
  void free(long blob);

  /** A spare place to build an image in. Content undefined; valid until the next call. */
  ExclusiveFrame scratch();

  /** The blob whose entry 0 is the root of the tree; never freed. */
  long rootBlob();
}
