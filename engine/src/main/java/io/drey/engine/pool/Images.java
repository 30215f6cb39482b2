package io.drey.engine.pool;

import io.drey.engine.event.FrameCopy;
import io.drey.engine.frame.ExclusiveFrame;
import io.drey.engine.layout.FrameHeader;
import io.drey.engine.layout.FrameSize;
import io.drey.engine.store.StoredImage;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Which image of which blob stands where, and what becomes of an image when its blob goes on: it is
 * taken over, or left to the checkpoint or the spill that reads it, or to the snapshots that need
 * it.
 */
final class Images {
  private final Ledger ledger;
  private final FramePool.SlotRelease slots;
  private final Places places;
  private final BlobTable blobs;
  private final Epochs epochs;

  /** A capture that is not complete. */
  private @Nullable Capture capture;

  private volatile int dirtyCount;
  private volatile long created;
  private volatile long freed;

  Images(
      Ledger ledger, FramePool.SlotRelease slots, Places places, BlobTable blobs, Epochs epochs) {
    this.ledger = ledger;
    this.slots = slots;
    this.places = places;
    this.blobs = blobs;
    this.epochs = epochs;
  }

  // What changes do to blobs and places; the blob's latch is held.

  /**
   * Whether a blob has changed in an epoch, and there is nothing to note down: what is changed then
   * is shared with nobody. A guess without its latch.
   */
  boolean isNoted(Blob blob, long epoch) {
    PooledFrame image = blob.image;
    return image != null
        && image.holds() == 0
        && image.dirty
        && blob.stored == null
        && blob.since == epoch;
  }

  /**
   * The current image of a blob, to change.
   *
   * @param epoch of the change; it has joined it, or is alone, unless the blob {@link #isNoted is
   *     noted}
   * @param ahead what {@link #copyAhead} made of it; it is taken over, or given back
   */
  ExclusiveFrame changeable(Blob blob, long epoch, @Nullable PooledFrame ahead) {
    assert blob.isHeld();
    PooledFrame image = blob.image;
    if (image == null) {
      throw new IllegalStateException("blob " + blob.id + " is not in memory");
    }
    if (!isNoted(blob, epoch)) {
      return firstChange(blob, image, epoch, ahead).exclusive;
    }
    if (ahead != null) {
      giveBack(ahead); // whoever read the image has let go of it meanwhile
    }
    return image.exclusive;
  }

  /**
   * A copy of a blob's current image, where a change of it will need one, made before the blob's
   * latch is taken: it is one if a stamp that was taken before is what the latch is taken at. So
   * nobody who reads the blob meets a change that lasts as long as a copy. None where the image
   * cannot be read: the change will find that too.
   */
  @Nullable PooledFrame copyAhead(Blob blob) {
    PooledFrame image;
    PooledFrame copy;
    String reason;
    ledger.take();
    try {
      image = blob.image;
      if (image == null || blob.isHeldByAnyone()) {
        return null;
      }
      takeFirst(blob);
      reason = reasonToCopy(blob, image);
      if (reason == null) {
        return null;
      }
      copy = places.take();
    } finally {
      ledger.giveBack();
    }
    boolean copied = false;
    try {
      copy(blob, image, copy, reason);
      copied = true;
      return copy;
    } catch (InternalError e) {
      return null; // a page of a mapping that the disk does not give
    } finally {
      if (!copied) {
        giveBack(copy);
      }
    }
  }

  /** Gives a copy back that was made ahead and is not needed. */
  void giveBack(PooledFrame copy) {
    ledger.take();
    try {
      places.giveBack(copy);
    } finally {
      ledger.giveBack();
    }
  }

  /** Why the current image must stay as it is; null = it is to be taken over. */
  private @Nullable String reasonToCopy(Blob blob, PooledFrame image) {
    // INVARIANT P5: what is stored where it stands is copied first, always.
    if (places.isStorage() && blob.stored != null) {
      return "Mapped";
    }
    if (image.holds() > 0) {
      return "Checkpoint";
    }
    return blob.stored == null && isNeededBySnapshot(blob) ? "Snapshot" : null;
  }

  /**
   * Notes a blob's first change down. The image before it is left to whoever needs it: checkpoints
   * and spills that read it, and snapshots, which are content with one on disk; else it is taken
   * over.
   */
  private PooledFrame firstChange(
      Blob blob, PooledFrame image, long epoch, @Nullable PooledFrame ahead) {
    if (epoch != epochs.now()) {
      throw new IllegalStateException("epoch " + epoch + " has ended under a change of it");
    }
    PooledFrame copy = ahead;
    String reason;
    ledger.take();
    try {
      takeFirst(blob);
      reason = reasonToCopy(blob, image);
      if (reason != null && ahead == null) {
        copy = places.take();
      } else if (reason == null && ahead != null) {
        places.giveBack(ahead);
        copy = null;
      }
    } finally {
      ledger.giveBack();
    }
    if (reason != null && ahead == null && copy != null) {
      copy(blob, image, copy, reason);
    }
    ledger.take();
    try {
      OldImage old = isNeededBySnapshot(blob) ? keep(blob) : null;
      PooledFrame current = image;
      if (copy != null) {
        leave(blob, image, old);
        settle(blob, copy);
        current = copy;
      }
      noteDirty(current, true);
      supersede(blob);
      blob.since = epochs.now();
      blobs.change(blob);
      return current;
    } finally {
      ledger.giveBack();
    }
  }

  private static void copy(Blob blob, PooledFrame image, PooledFrame copy, String reason) {
    FrameCopy event = new FrameCopy();
    event.begin();
    int bump = FrameHeader.bump(image.frame.segment, image.frame.base);
    int bytes = Math.clamp(bump, 0, FrameSize.BYTES); // ahead of the latch it may be anything
    MemorySegment.copy(
        image.frame.segment, image.frame.base, copy.frame.segment, copy.frame.base, bytes);
    event.end();
    if (event.shouldCommit()) {
      event.store = blob.store;
      event.blob = blob.id;
      event.bytes = bytes;
      event.reason = reason;
      event.commit();
    }
  }

  /** Takes what the round captures of a blob, whose image goes on. */
  private void takeFirst(Blob blob) {
    Capture due = capture;
    if (due != null) {
      due.take(blob);
    }
  }

  private boolean isNeededBySnapshot(Blob blob) {
    return epochs.isNeeded(blob.since, epochs.now() - 1);
  }

  /** Keeps the current image of a blob for snapshots; where it lies on disk goes over to it. */
  private OldImage keep(Blob blob) {
    OldImage old = new OldImage(blob, epochs.now() - 1);
    StoredImage stored = blob.stored;
    if (stored != null) {
      blob.stored = null;
      attach(old, stored);
    }
    epochs.keep(old);
    blob.older = old;
    return old;
  }

  /** The blob leaves a place to {@code old}, or to those who hold it, or free. */
  private void leave(Blob blob, PooledFrame image, @Nullable OldImage old) {
    if (old == null) {
      uninstall(blob, image);
      return;
    }
    boolean dirty = image.dirty;
    noteDirty(image, false);
    image.dirty = dirty; // counted are those whose changes a checkpoint has to write
    blob.install(null);
    old.hold();
    settle(old, image);
    old.release();
  }

  void settle(BlobImage owner, PooledFrame image) {
    image.owner = owner;
    places.touch(image.frame);
    owner.install(image);
  }

  /** A new blob, which nobody knows yet. */
  Blob add() {
    ledger.take();
    try {
      return blobs.add(epochs.now());
    } finally {
      ledger.giveBack();
    }
  }

  /** Gives a new blob an empty image. */
  ExclusiveFrame begin(Blob blob, int entryCapacity) {
    ledger.take();
    try {
      long before = created;
      created = before + 1;
      PooledFrame place = places.take();
      settle(blob, place);
      noteDirty(place, true);
      blobs.change(blob);
      place.exclusive.format(blob.id, entryCapacity);
      return place.exclusive;
    } finally {
      ledger.giveBack();
    }
  }

  /** The blob is gone. */
  void end(Blob blob) {
    ledger.take();
    try {
      takeFirst(blob);
      PooledFrame image = blob.image;
      OldImage old = isNeededBySnapshot(blob) ? keep(blob) : null;
      if (image != null) {
        leave(blob, image, old);
      }
      supersede(blob);
      blob.since = Long.MAX_VALUE;
      blob.retire();
      blobs.remove(blob);
      long before = freed;
      freed = before + 1;
    } finally {
      ledger.giveBack();
    }
  }

  // Under the ledger, or alone.

  /** Which capture is not complete; null = there is none. */
  void capture(@Nullable Capture begun) {
    capture = begun;
  }

  /** Gives an image its place in memory, which was loaded; its latch is held. */
  void install(BlobImage owner, PooledFrame place) {
    settle(owner, place);
  }

  /**
   * Takes an image out of memory, whose latch is held; the place is free at once unless it is held.
   */
  void uninstall(BlobImage owner, PooledFrame image) {
    if (owner instanceof Blob blob) {
      blob.figures = BlobFigures.of(blob.id, image.frame.segment, image.frame.base);
    }
    noteDirty(image, false);
    image.owner = null;
    owner.install(null);
    if (image.holds() == 0) {
      places.giveBack(image);
    }
  }

  /** An image in memory, held by who wrote it, now also lies on disk as {@code stored}. */
  void clean(BlobImage owner, PooledFrame image, StoredImage stored) {
    assert image.holds() > 0 : "INVARIANT P6: a change may be under way in an image nobody holds";
    attach(owner, stored);
    noteDirty(image, false);
  }

  private void attach(BlobImage owner, StoredImage stored) {
    owner.stored = stored;
    if (owner instanceof OldImage) {
      slots.retain(stored);
    }
  }

  /** Dirty images of the tree as it is now are counted, old ones are not. */
  private void noteDirty(PooledFrame image, boolean dirty) {
    if (image.dirty != dirty) {
      image.dirty = dirty;
      if (image.owner instanceof Blob) {
        int before = dirtyCount;
        dirtyCount = dirty ? before + 1 : before - 1;
      }
    }
  }

  void release(PooledFrame image) {
    if (image.letGo() && image.owner == null) {
      places.giveBack(image);
    }
  }

  private void supersede(BlobImage image) {
    StoredImage stored = image.stored;
    if (stored != null) {
      image.stored = null;
      slots.superseded(stored);
    }
  }

  // Snapshots.

  /** Lets go of the images that only this snapshot needed. Inside the gate. */
  void closeSnapshot(long snapshot) {
    ledger.take();
    try {
      for (OldImage old : epochs.close(snapshot)) {
        drop(old);
      }
    } finally {
      ledger.giveBack();
    }
  }

  private void drop(OldImage old) {
    // Nobody waits with the ledger, and who has a latch of an old image has the ledger.
    old.hold();
    PooledFrame image = old.image;
    if (image != null) {
      uninstall(old, image);
    }
    old.retire();
    supersede(old);
    Blob blob = old.blob;
    if (blob.older == old) {
      blob.older = old.older;
    } else {
      OldImage newer = blob.older;
      while (newer != null && newer.older != old) {
        newer = newer.older;
      }
      if (newer != null) {
        newer.older = old.older;
      }
    }
    if (blob.older == null) {
      blobs.forget(blob);
    }
  }

  /** The blob as a snapshot sees it, null = it cannot be seen yet, or any more, by this thread. */
  @Nullable BlobImage at(long snapshot, long id) {
    Blob blob = blobs.seenOrGhost(id);
    if (blob == null || blob.since <= snapshot) {
      return blob;
    }
    OldImage old = blob.older;
    while (old != null && old.since > snapshot) {
      old = old.older;
    }
    return old;
  }

  /** Dirty images of the tree as it is now. */
  int dirtyCount() {
    return dirtyCount;
  }

  /** Blobs made. */
  long created() {
    return created;
  }

  /** Blobs that went. */
  long freed() {
    return freed;
  }
}
