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
  /**
   * Who has a latch never waits, so after so many, some tenths of a second, the thread that has it
   * has not got a processor, or it was left behind by an error. Nobody has one while the gate is
   * closed.
   */
  private static final int PAUSES = 2_000;

  private final FramePool pool;
  private final ImageStore images;
  private final List<Blob> due;

  /** The smallest id that was never used, at the moment. */
  private final long nextBlob;

  /** The blobs that have gone since the last capture. */
  private final List<Long> removed;

  private final List<CapturedImage> taken;

  /**
   * @param due what changed since the last capture
   */
  Capture(FramePool pool, ImageStore images, List<Blob> due, long nextBlob, List<Long> removed) {
    this.pool = pool;
    this.images = images;
    this.due = due;
    this.nextBlob = nextBlob;
    this.removed = removed;
    this.taken = new ArrayList<>(due.size());
  }

  /** Takes what is left; outside the gate. Waits for changes under way, one by one. */
  void complete() {
    for (Blob blob : due) {
      int turn = 0;
      while (!tryTake(blob)) {
        if (turn == PAUSES) {
          pool.alone(() -> take(blob));
          break;
        }
        Pause.take(turn++);
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
    PooledFrame image = blob.image;
    StoredImage stored = blob.stored;
    if (stored == null && image == null) {
      throw new IllegalStateException("blob " + blob.id + " has no image");
    }
    // What may fail comes first: a blob that is not due any more has been captured.
    CapturedImage captured = new CapturedImage(blob, stored == null ? image : null, stored);
    if (stored != null) {
      images.claim(stored);
    }
    taken.add(captured);
    if (captured.image != null) {
      captured.image.hold();
    }
    pool.blobs().taken(blob);
  }

  /** All that changed, taken or not. */
  List<Blob> due() {
    return due;
  }

  /** The smallest id of a blob that was never used. */
  public long nextBlob() {
    return nextBlob;
  }

  /** The ids of blobs that have gone. */
  public List<Long> removed() {
    return removed;
  }

  /** What has been taken; after the capture is complete. */
  public List<CapturedImage> taken() {
    return taken;
  }
}
