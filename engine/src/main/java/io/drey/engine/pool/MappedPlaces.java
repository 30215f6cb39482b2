package io.drey.engine.pool;

import io.drey.engine.frame.Frame;
import io.drey.engine.store.MappedSlots;
import io.drey.engine.store.StoredImage;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Places that are slots of the mapped data file: a free slot is a free place. Where no slot is
 * ready a place is memory alone, as in any other pool; a checkpoint copies what stands there to a
 * slot.
 */
final class MappedPlaces extends Places {
  /** Numbers of frames in slots begin here; those of frames in memory end before. */
  private static final int FIRST_INDEX = 1 << 30;

  private final MappedSlots mapped;
  private final MappedImages images;

  /** By slot; made when first wanted. */
  private @Nullable PooledFrame[] homes = new PooledFrame[64];

  /** Whether places in memory count as free: the disk has no room for more slots. */
  private volatile boolean usesMemory;

  MappedPlaces(MappedSlots mapped, MappedImages images) {
    this.mapped = mapped;
    this.images = images;
  }

  @Override
  PooledFrame take() {
    long slot = images.takeSlot();
    PooledFrame home = slot < 0 ? null : at(slot);
    return home == null ? takeMemory() : home;
  }

  @Override
  @Nullable PooledFrame home(StoredImage stored) {
    PooledFrame home = at(stored.slot());
    if (home != null) {
      images.occupied(stored.slot());
    }
    return home;
  }

  private @Nullable PooledFrame at(long slot) {
    int at = (int) slot;
    PooledFrame home = at < homes.length ? homes[at] : null;
    if (home == null) {
      MappedSlots.Place place = mapped.place(slot);
      if (place == null) {
        return null;
      }
      home = new PooledFrame(new Frame(place.segment(), place.base(), FIRST_INDEX + at), slot);
      if (at >= homes.length) {
        homes = Arrays.copyOf(homes, Math.max(at + 1, 2 * homes.length));
      }
      homes[at] = home;
    }
    return home;
  }

  @Override
  PooledFrame at(Frame frame) {
    if (frame.index < FIRST_INDEX) {
      return super.at(frame);
    }
    PooledFrame home = homes[frame.index - FIRST_INDEX];
    if (home == null) {
      throw new IllegalStateException("no frame stands in slot " + (frame.index - FIRST_INDEX));
    }
    return home;
  }

  @Override
  void giveBack(PooledFrame place) {
    if (place.slot < 0) {
      super.giveBack(place);
    } else {
      place.vacate();
      images.vacated(place.slot);
    }
  }

  @Override
  boolean isStorage() {
    return true;
  }

  /** Whether changes go on in memory, since the disk has no room for them. */
  void useMemory(boolean uses) {
    usesMemory = uses;
  }

  @Override
  int available() {
    return images.freeSlots() + (usesMemory ? super.available() : 0);
  }

  /** Slots that are mapped, free or not. */
  long slots() {
    return mapped.count();
  }

  @Override
  long bytes() {
    return mapped.bytes() + super.bytes();
  }

  @Override
  public void close() {
    images.tellRest();
    super.close();
  }
}
