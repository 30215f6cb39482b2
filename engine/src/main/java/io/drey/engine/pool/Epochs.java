package io.drey.engine.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The epochs, which snapshots part: a snapshot sees each blob as it was when its epoch ended, and
 * whoever changes a blob for the first time in an epoch keeps the image before it where a snapshot
 * needs it. Under the ledger, or alone; the number of the epoch changes alone, so whoever is inside
 * the gate may read it.
 */
final class Epochs {
  private final TreeSet<Long> snapshots = new TreeSet<>();
  private final List<OldImage> kept = new ArrayList<>();
  private long now = 1;

  long now() {
    return now;
  }

  /** Ends the epoch for a snapshot, which sees what it came to; its number. Alone. */
  long part() {
    long ended = now++;
    snapshots.add(ended);
    return ended;
  }

  /** Whether a snapshot needs an image that was the current one in these epochs. */
  boolean isNeeded(long since, long until) {
    Long last = snapshots.floor(until);
    return last != null && last >= since;
  }

  void keep(OldImage image) {
    kept.add(image);
  }

  /** The snapshot is closed; the images that none needs any more, no longer kept. */
  List<OldImage> close(long snapshot) {
    snapshots.remove(snapshot);
    List<OldImage> gone = new ArrayList<>();
    kept.removeIf(image -> {
      boolean needed = isNeeded(image.since, image.until);
      if (!needed) {
        gone.add(image);
      }
      return !needed;
    });
    return gone;
  }

  int snapshots() {
    return snapshots.size();
  }

  int kept() {
    return kept.size();
  }
}
