package io.drey.engine.frame;

import org.jspecify.annotations.Nullable;

/**
 * The port to frames of one change inside the gate, which is alone there or beside others. What it
 * did not {@link #hold} may change under it where it is beside others.
 *
 * <p>What {@link #writable}, {@link #create} and {@link #scratch} need was made ready beforehand,
 * so they cannot fail. A change keeps nothing it got here once it has ended.
 */
public interface WritableFrames extends Frames {
  /** The number under which events tell the store; 0 = none. */
  default long store() {
    return 0;
  }

  /** The current image of {@code blob}, null = not in memory. Counts as a use of the blob. */
  @Nullable Frame resident(long blob);

  /**
   * Takes the latch of a blob, unless this change has it already, so that what was read since
   * {@code stamp} is what it changes; false = it was changed meanwhile or is being changed: start
   * again. Always true where the change is alone.
   */
  boolean hold(LatchedFrame latch, long stamp);

  /**
   * As {@link #hold}, of a blob that is going to be changed: what takes long of it is done before
   * the latch is taken.
   */
  default boolean holdToChange(LatchedFrame latch, long stamp) {
    return hold(latch, stamp);
  }

  /**
   * Says that this change goes on to change which blobs there are, or how a blob's image is laid
   * out, beside its own record; false = start again. Followed by nothing: it holds until the change
   * ends. Always true where the change is alone.
   */
  default boolean restructure() {
    return true;
  }

  /**
   * Takes the latch of {@code blob} as it is now and gives its current image; null = not in memory,
   * or another change has the latch.
   */
  default @Nullable Frame held(long blob) {
    LatchedFrame latch = latched(blob);
    return latch != null && hold(latch, stamp(latch)) ? latch.frame() : null;
  }

  /**
   * Tells a blob that is not in memory, and will be once it is loaded, from one that an edge names
   * and that does not exist. For a change that is alone.
   *
   * @throws IndexOutOfBoundsException if there is no such blob: the tree is damaged
   */
  default void requireExists(long blob) {
    if (latched(blob) == null) {
      throw Frames.noBlob(blob);
    }
  }

  /**
   * The image of {@code blob} to change; copied first where an older epoch still needs the old one.
   * The blob must be resident, and its latch held unless the change is alone. Offsets of nodes stay
   * valid; frames that {@link #resident} gave for this blob before are stale afterwards.
   */
  ExclusiveFrame writable(long blob);

  /**
   * A new blob: an empty formatted frame whose entry table has {@code entryCapacity} rows. After
   * {@link #restructure}.
   */
  ExclusiveFrame create(int entryCapacity);

  /**
   * Says that {@code blob} is gone: no edge names it any more. Held, as for {@link #writable}, and
   * after {@link #restructure}.
   */
  void free(long blob);

  /** A spare place to build an image in. Content undefined; valid until the next call. */
  ExclusiveFrame scratch();
}
