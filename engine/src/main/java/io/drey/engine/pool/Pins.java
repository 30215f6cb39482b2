package io.drey.engine.pool;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The blobs one operation loaded and still needs, so that a small pool cannot evict the first while
 * it loads the last. One thread; added to and released under the ledger.
 */
public final class Pins {
  private @Nullable List<Blob> blobs;

  void add(Blob blob) {
    List<Blob> pinned = blobs;
    if (pinned == null) {
      pinned = new ArrayList<>();
      blobs = pinned;
    }
    blob.pins++;
    pinned.add(blob);
  }

  void release() {
    List<Blob> pinned = blobs;
    if (pinned != null) {
      pinned.forEach(blob -> blob.pins--);
      blobs = null;
    }
  }

  boolean isEmpty() {
    return blobs == null;
  }
}
