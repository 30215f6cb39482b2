package io.drey.engine.pool;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The blobs one operation loaded and still needs, so that a small pool cannot evict the first while
 * it loads the last. One thread; added to and released under the ledger.
 */
public final class Pins {
  /** Whether the operation goes beyond the pool's limit rather than fail. */
  final boolean mayExceed;

  private @Nullable List<BlobImage> images;

  /** See {@link Scarcity}; of the operation's thread. */
  boolean hasTurn;

  /** Of an operation that must not fail for want of memory. */
  public Pins() {
    this(true);
  }

  private Pins(boolean mayExceed) {
    this.mayExceed = mayExceed;
  }

  /** Of an operation that fails rather than take memory beyond the pool's limit. */
  public static Pins withinLimit() {
    return new Pins(false);
  }

  void add(BlobImage image) {
    List<BlobImage> pinned = images;
    if (pinned == null) {
      pinned = new ArrayList<>();
      images = pinned;
    }
    image.pins++;
    pinned.add(image);
  }

  void release() {
    List<BlobImage> pinned = images;
    if (pinned != null) {
      pinned.forEach(image -> image.pins--);
      images = null;
    }
  }

  /** How often the operation has pinned an image. */
  int of(BlobImage image) {
    List<BlobImage> pinned = images;
    return pinned == null ? 0 : Collections.frequency(pinned, image);
  }

  int count() {
    List<BlobImage> pinned = images;
    return pinned == null ? 0 : pinned.size();
  }

  boolean isEmpty() {
    return images == null;
  }
}
