package io.drey.engine.pool;

import io.drey.engine.store.StoredImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

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

  /** Inside the gate, alone; costs one step per changed blob. */
  public List<CapturedImage> capture() {
    List<Blob> changed = pool.blobs().takeChanged();
    List<CapturedImage> captured = new ArrayList<>(changed.size());
    for (Blob blob : changed) {
      PooledFrame image = blob.image;
      StoredImage stored = blob.stored;
      if (stored != null) {
        images.claim(stored);
        captured.add(new CapturedImage(blob, null, stored));
      } else if (image != null) {
        image.hold();
        captured.add(new CapturedImage(blob, image, null));
      } else {
        throw new IllegalStateException("blob " + blob.id + " has no image");
      }
    }
    return captured;
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
            && !blob.changed
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
   * spilled ones.
   */
  public void abandon(List<CapturedImage> captured) {
    long stamp = pool.ledger().enter();
    try {
      for (CapturedImage each : captured) {
        PooledFrame image = each.image;
        if (image != null && each.stored == null) {
          pool.images().release(image);
        }
        if (pool.blobs().find(each.blob.id) == each.blob) {
          pool.blobs().change(each.blob);
        }
      }
    } finally {
      pool.ledger().leave(stamp);
    }
  }
}
