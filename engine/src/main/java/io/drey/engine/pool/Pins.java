package io.drey.engine.pool;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The blobs one operation loaded and still needs, so that a small pool cannot evict the first while
 * it loads the last. One thread; added to and released under the ledger.
 */
public final class Pins {
  private @Nullable List<BlobImage> images;

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

  boolean isEmpty() {
    return images == null;
  }
}
