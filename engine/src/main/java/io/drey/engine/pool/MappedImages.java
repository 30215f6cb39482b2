package io.drey.engine.pool;

import io.drey.TreeStats;
import io.drey.engine.frame.Frame;
import io.drey.engine.layout.FrameHeader;
import io.drey.engine.store.FrameFile;
import io.drey.engine.store.ManifestChange;
import io.drey.engine.store.ManifestLog;
import io.drey.engine.store.ManifestState;
import io.drey.engine.store.MappedSlots;
import io.drey.engine.store.StoredImage;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Images that stand in the slots of the mapped data file: to write one is to seal it where it is.
 *
 * <p>A slot is given up when no blob names its image as stored, nothing stands there that walks or
 * a checkpoint see, and no commit names it; in whatever order these come to their end.
 */
public final class MappedImages extends ImageFile implements AutoCloseable {
  private final MappedSlots mapped;
  private final MappedPlaces places;
  private final boolean writable;

  /** Slots in which an image stands that is current or held. Guarded by the lock, as all below. */
  private final BitSet occupied = new BitSet();

  /** Slots whose image is some blob's stored one. */
  private final BitSet referenced = new BitSet();

  /** Slots that are stored to, which the file system was not told of yet. */
  private final BitSet untold = new BitSet();

  private MappedImages(FrameFile file, ManifestState state, @Nullable ManifestLog manifest)
      throws IOException {
    super(file, state, manifest);
    this.writable = manifest != null;
    this.mapped = writable ? MappedSlots.open(file, slots) : MappedSlots.openReadOnly(file, slots);
    this.places = new MappedPlaces(mapped, this);
    state.forEach(image -> referenced.set((int) image.slot()));
  }

  /**
   * Maps the file.
   *
   * @param state what the manifest names
   * @param manifest where commits go, null = the store is open for reads alone
   */
  public static MappedImages open(
      FrameFile file, ManifestState state, @Nullable ManifestLog manifest) throws IOException {
    return new MappedImages(file, state, manifest);
  }

  MappedPlaces places() {
    return places;
  }

  /** Makes more slots ready; outside the gate. */
  void grow() throws IOException {
    mapped.grow();
  }

  int freeSlots() {
    return writable ? slots.offeredFree() : 0;
  }

  /** A free slot for an image that is going to change there; -1 = none is ready. */
  long takeSlot() {
    long slot = writable ? slots.takeOffered() : -1;
    if (slot >= 0) {
      synchronized (lock) {
        occupied.set((int) slot);
        untold.set((int) slot);
      }
    }
    return slot;
  }

  /** A stored image is going to be seen where it stands. */
  void occupied(long slot) {
    synchronized (lock) {
      occupied.set((int) slot);
    }
  }

  /** What stood in the slot is neither current nor held any more. */
  void vacated(long slot) {
    synchronized (lock) {
      tell((int) slot);
      occupied.clear((int) slot);
      endUnused((int) slot);
    }
  }

  @Override
  public void superseded(StoredImage stored) {
    synchronized (lock) {
      referenced.clear((int) stored.slot());
      endUnused((int) stored.slot());
    }
  }

  private void endUnused(int slot) {
    if (!isKept(slot)) {
      end(slot);
    }
  }

  @Override
  boolean isKept(int slot) {
    return occupied.get(slot) || referenced.get(slot);
  }

  /** What is stored is kept until it is superseded, for snapshots as for anybody. */
  @Override
  public void retain(StoredImage stored) {}

  private void tell(int slot) {
    if (untold.get(slot)) {
      untold.clear(slot);
      mapped.told(slot);
    }
  }

  /** Tells of every store that was not told of; nothing is stored any more. */
  void tellRest() {
    synchronized (lock) {
      for (int slot = untold.nextSetBit(0); slot >= 0; slot = untold.nextSetBit(slot + 1)) {
        mapped.told(slot);
      }
      untold.clear();
    }
  }

  @Override
  StoredImage write(PooledFrame image, Purpose purpose) throws IOException {
    image.sealing.lock();
    try {
      if (image.slot >= 0) {
        return sealed(image, image.slot, purpose);
      }
      return copied(image, purpose);
    } finally {
      image.sealing.unlock();
    }
  }

  /** INVARIANT P5: from here on, until the slot is free again, its bytes stay as they are. */
  private StoredImage sealed(PooledFrame image, long slot, Purpose purpose) {
    StoredImage stored = seal(image, slot);
    countWritten();
    mapped.sealed(slot);
    synchronized (lock) {
      untold.clear((int) slot);
      referenced.set((int) slot);
    }
    if (purpose == Purpose.CHECKPOINT) {
      claim(stored);
    }
    return stored;
  }

  /** Where no slot was ready when the image came about, it is copied to one now. */
  private StoredImage copied(PooledFrame image, Purpose purpose) throws IOException {
    long slot = slots.takeOffered();
    while (slot < 0) {
      grow();
      slot = slots.takeOffered();
    }
    MappedSlots.Place place = mapped.place(slot);
    if (place == null) {
      throw new IllegalStateException("slot " + slot + " is not mapped");
    }
    Frame source = image.frame;
    MemorySegment.copy(
        source.segment,
        source.base,
        place.segment(),
        place.base(),
        FrameHeader.bump(source.segment, source.base));
    return sealed(
        new PooledFrame(new Frame(place.segment(), place.base(), -1), slot), slot, purpose);
  }

  @Override
  public void force() throws IOException {
    mapped.cutAtClose(false);
    mapped.force();
  }

  @Override
  public void commit(ManifestChange change) throws IOException {
    mapped.cutAtClose(false);
    super.commit(change);
    mapped.cutAtClose(true);
  }

  /** The file is cut when it is not mapped any more. */
  @Override
  public void trim() {}

  @Override
  public long packedLength(long images) {
    return mapped.packedLength(images);
  }

  @Override
  public TreeStats.DataAccess access() {
    return TreeStats.DataAccess.MAPPED;
  }

  /** Ends the mapping; the frames are not used any more. */
  @Override
  public void close() throws IOException {
    mapped.close();
  }
}
