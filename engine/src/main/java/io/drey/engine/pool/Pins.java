package io.drey.engine.pool;

import io.drey.Check;
import io.drey.CorruptionException;
import io.drey.Violation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The blobs one operation loaded and still needs, so that a small pool cannot evict the first while
 * it loads the last. One thread; released inside the gate, alone.
 */
public final class Pins {
  /** So often in a row no blob goes between the walk that led to it and its load. */
  private static final int GONE_MAX = 10_000;

  private @Nullable List<Blob> blobs;

  /** The blob that was gone when it was to be loaded last, and how often in a row. */
  private long gone;

  private int timesGone;

  void add(Blob blob) {
    List<Blob> pinned = blobs;
    if (pinned == null) {
      pinned = new ArrayList<>();
      blobs = pinned;
    }
    blob.pins++;
    pinned.add(blob);
  }

  /** A walk led to a blob that is gone; refused once it can only be an edge that leads nowhere. */
  void gone(long id) {
    timesGone = id == gone ? timesGone + 1 : 1;
    gone = id;
    if (timesGone > GONE_MAX) {
      throw new CorruptionException(
          Check.EDGE_TARGET, null, Violation.NONE, id, "an edge leads to it and it does not exist");
    }
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
