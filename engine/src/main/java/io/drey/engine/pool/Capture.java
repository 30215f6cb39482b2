package io.drey.engine.pool;

import io.drey.engine.latch.Pause;
import io.drey.engine.store.StoredImage;
import java.util.ArrayList;
import java.util.List;

/**
 * The images that a round writes: those of the blobs that changed since the last one, as they were
 * when their epoch ended. They are taken one by one after that, and by whoever changes a blob
 * before its turn has come.
 *
 * <p>INVARIANT P7, by this ORDER: the epoch ends, then the latch is looked at; a change takes its
 * latch and then looks at the epoch. One of two sees the other.
 */
public final class Capture {
  private final FramePool pool;
  private final ImageStore images;
  private final List<Blob> due;
  private final List<CapturedImage> taken;

  /**
   * @param due what changed since the last capture
   */
  Capture(FramePool pool, ImageStore images, List<Blob> due) {
    this.pool = pool;
    this.images = images;
    this.due = due;
    this.taken = new ArrayList<>(due.size());
  }

  /** Takes what is left; outside the gate. Waits for changes under way, one by one. */
  void complete() {
    for (Blob blob : due) {
      for (int turn = 0; !tryTake(blob); turn++) {
        Pause.take(turn); // who has a latch never waits
      }
    }
  }

  private boolean tryTake(Blob blob) {
    long stamp = pool.ledger().enter();
    try {
      if (pool.blobs().isDue(blob)) {
        if (blob.isHeldByAnyone()) {
          return false;
        }
        take(blob);
      }
      return true;
    } finally {
      pool.ledger().leave(stamp);
    }
  }

  /** Takes the image of a blob unless that was done, or the blob is gone; under the ledger. */
  void take(Blob blob) {
    if (!pool.blobs().isDue(blob)) {
      return;
    }
    pool.blobs().taken(blob);
    PooledFrame image = blob.image;
    StoredImage stored = blob.stored;
    if (stored != null) {
      images.claim(stored);
      taken.add(new CapturedImage(blob, null, stored));
    } else if (image != null) {
      image.hold();
      taken.add(new CapturedImage(blob, image, null));
    } else {
      throw new IllegalStateException("blob " + blob.id + " has no image");
    }
  }

  /** All that changed, taken or not. */
  List<Blob> due() {
    return due;
  }

  /** What has been taken; after the capture is complete. */
  public List<CapturedImage> taken() {
    return taken;
  }
}
