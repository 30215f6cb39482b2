package io.drey.engine.pool;

import io.drey.engine.store.StoredImage;
import java.io.IOException;

/**
 * Takes the images that changed since the last capture, for a checkpoint to write.
 *
 * <p>A captured image in memory is held: writers copy it before they change it. A captured image
 * that was spilled keeps its slot until the checkpoint has ended.
 */
public final class Captures {
  private final FramePool pool;
  private final ImageStore images;

  public Captures(FramePool pool, ImageStore images) {
    this.pool = pool;
    this.images = images;
  }

  /** Begins a capture at the end of an epoch, before that is closed; a few steps. */
  public Capture begin() {
    Ledger ledger = pool.ledger();
    ledger.take();
    try {
      BlobTable blobs = pool.blobs();
      Capture capture =
          new Capture(pool, images, blobs.takeChanged(), blobs.next(), blobs.takeRemoved());
      pool.images().capture(capture);
      return capture;
    } finally {
      ledger.giveBack();
    }
  }

  /** Takes every image that no change has taken; outside the gate, a step per changed blob. */
  public void complete(Capture capture) {
    capture.complete();
    long stamp = pool.ledger().enter();
    try {
      pool.images().capture(null);
    } finally {
      pool.ledger().leave(stamp);
    }
  }

  /**
   * Writes a captured image unless it was stored before, and lets go of it.
   *
   * @return whether it had to be written
   */
  public boolean write(CapturedImage captured) throws IOException {
    PooledFrame image = captured.image;
    if (image == null) {
      return false;
    }
    StoredImage stored = images.write(image, ImageStore.Purpose.CHECKPOINT);
    long stamp = pool.ledger().enter();
    try {
      captured.stored = stored;
      BlobImage owner = image.owner;
      if (owner != null && image.dirty) {
        pool.images().clean(owner, image, stored);
      } else {
        settle(captured.blob, stored);
      }
      pool.images().release(image);
    } finally {
      pool.ledger().leave(stamp);
    }
    return true;
  }

  /**
   * The image lies elsewhere too, or nobody has it any more. Of two that are stored a blob keeps
   * the one that the checkpoint names, unless somebody has its latch just now.
   *
   * <p>WHY with the latch held: the slot of the other one is free afterwards, and walks that read
   * pages there have to begin anew.
   */
  private void settle(Blob blob, StoredImage stored) {
    StoredImage spilled = blob.stored;
    boolean moves =
        spilled != null
            && !pool.blobs().isChanged(blob)
            && pool.blobs().find(blob.id) == blob
            && blob.tryHold(blob.optimistic());
    if (moves && spilled != null) {
      blob.stored = stored;
      images.superseded(spilled);
      blob.release();
    } else {
      images.superseded(stored); // the checkpoint has claimed it
    }
  }

  /**
   * The checkpoint failed: the blobs count as changed again and images it wrote are as good as
   * spilled ones. The capture need not be complete.
   */
  public void abandon(Capture capture) {
    long stamp = pool.ledger().enter();
    try {
      pool.images().capture(null);
      for (CapturedImage each : capture.taken()) {
        PooledFrame image = each.image;
        if (image != null && each.stored == null) {
          pool.images().release(image);
        }
      }
      for (Blob blob : capture.due()) {
        if (pool.blobs().find(blob.id) == blob) {
          pool.blobs().change(blob);
        }
      }
    } finally {
      pool.ledger().leave(stamp);
    }
  }
}
