package io.drey.engine.pool;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Where one image of a user's store lies: in a buffer until a commit has taken it, then in a frame
 * of the store. Guarded by the lock of the {@link StorePlaces} it belongs to.
 */
final class StorePlace {
  final long slot;

  /** The id of its frame in the store; 0 = it is not there. */
  long id;

  /** The id under which the commit under way, or one that failed, was to store it; 0 = none. */
  long attemptedId;

  /** The image, sealed; null = it is in the store alone. */
  @Nullable MemorySegment buffer;

  /** Whether the last commit names it. */
  boolean named;

  /** Whether the checkpoint under way is going to name it. */
  boolean claimed;

  /** Whether it is nobody's current image. */
  boolean superseded;

  /** Whether the commit under way deletes its frame. */
  boolean leaving;

  /** Reads of it under way, and one for a commit that takes its buffer. */
  int users;

  StorePlace(long slot) {
    this.slot = slot;
  }

  /** Whether nobody needs the image: neither the tree nor a commit, the last or the next. */
  boolean isSpare() {
    return superseded && !claimed && !named;
  }
}
