package io.drey.engine.pool;

import java.util.ArrayList;
import java.util.List;

/**
 * The blobs one operation loaded and still needs, so that a small pool cannot evict the first while
 * it loads the last. One thread; released inside the gate, alone.
 */
public final class Pins {
  private final List<Blob> blobs = new ArrayList<>();

  void add(Blob blob) {
    blob.pins++;
    blobs.add(blob);
  }

  void release() {
    blobs.forEach(blob -> blob.pins--);
    blobs.clear();
  }

  boolean isEmpty() {
    return blobs.isEmpty();
  }
}
