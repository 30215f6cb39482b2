package io.drey.engine.store;

import io.drey.engine.layout.FrameSize;
import io.drey.vfs.MappedRegion;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Slots of the data file addressed as memory, in regions of whole slots.
 *
 * <pre>
 *   | slots that were there at the opening | guard | slots | guard | slots ...        | guard |
 *   +--------------------------------------+-------+-------+-------+------------------+-------+
 *   | first region                                 | second region | ...                      |
 * </pre>
 *
 * <p>INVARIANT M1: a slot is {@linkplain SlotSet#offer offered} only after zeros were written into
 * all of it through the file, or an image was: a store into it meets no full disk. INVARIANT M2:
 * behind the last slot of a region lie more bytes of the same region than any node that begins in
 * the slot can reach. The slots of such a guard are never offered; they are ordinary slots for the
 * next opening, whose first region covers the whole file. INVARIANT M3: the file is not cut while
 * any of it is mapped.
 *
 * <p>Thread-safe.
 */
public final class MappedSlots implements AutoCloseable {
  private static final int STEP_SLOTS_MIN = 16;
  private static final int STEP_SLOTS_MAX = 64;
  private static final int GUARD_SLOTS = Math.ceilDiv(FrameSize.GUARD_BYTES, FrameSize.BYTES);

  private final FrameFile file;
  private final SlotSet set;

  /** Held while the file grows; never inside the gate. */
  private final ReentrantLock growing = new ReentrantLock();

  /** Slots of the first region that may be holes of the file. Guarded by {@link #growing}. */
  private final BitSet unwritten = new BitSet();

  /** Slots below it are mapped, or lie in a guard. Guarded by {@link #growing}. */
  private long end;

  /** Ascending; replaced as a whole. */
  private volatile Region[] regions = new Region[0];

  private volatile long count;

  /** Slots told of and not forced. Guarded by itself. */
  private final BitSet unforced = new BitSet();

  /** Whether the file has got new space since it was last forced as a whole. */
  private volatile boolean grown;

  private volatile boolean cuts;

  private record Region(MappedRegion mapping, MemorySegment segment, long first, long behind) {}

  /** The memory of one slot. */
  public record Place(MemorySegment segment, long base) {}

  private MappedSlots(FrameFile file, SlotSet set) {
    this.file = file;
    this.set = set;
  }

  /**
   * Maps what is there, for reads and writes. Where the disk has no room for a guard behind it, the
   * last slots stay unmapped.
   *
   * @param set with every slot that a manifest names
   */
  public static MappedSlots open(FrameFile file, SlotSet set) throws IOException {
    MappedSlots mapped = new MappedSlots(file, set);
    long inside = file.slotsInside();
    long named = set.namedLength();
    if (named > 0) {
      long slots = Math.max(named, inside - GUARD_SLOTS);
      try {
        file.zero(inside, slots + GUARD_SLOTS);
        mapped.grown = inside < slots + GUARD_SLOTS;
      } catch (IOException e) {
        slots = file.slotsInside() - GUARD_SLOTS; // a full disk: reads must be possible
      }
      mapped.mapExisting(slots);
    }
    return mapped;
  }

  /** Maps what is there, for reads alone; the file stays as it is. */
  public static MappedSlots openReadOnly(FrameFile file, SlotSet set) throws IOException {
    MappedSlots mapped = new MappedSlots(file, set);
    mapped.mapExisting(file.slotsInside() - GUARD_SLOTS);
    return mapped;
  }

  private void mapExisting(long slots) throws IOException {
    end = slots + GUARD_SLOTS; // whatever is mapped: slots behind may be named
    if (slots > 0) {
      add(0, slots);
    }
    for (int slot = 0; slot < slots; slot++) {
      if (set.stateOf(slot) == SlotSet.SlotState.FREE) {
        unwritten.set(slot);
      } else {
        set.offer(slot, slot + 1L); // an image was written to it: free one day, it is ready
      }
    }
  }

  private void add(long first, long behind) throws IOException {
    MappedRegion mapping = file.map(first, behind + GUARD_SLOTS);
    Region[] enlarged = Arrays.copyOf(regions, regions.length + 1);
    enlarged[regions.length] = new Region(mapping, mapping.segment(), first, behind);
    regions = enlarged;
    long before = count;
    count = before + behind - first;
  }

  /**
   * Makes some more slots ready to be taken: free ones inside the file first, then such behind it.
   * Costs about 1 ms per MiB.
   */
  public void grow() throws IOException {
    growing.lock();
    try {
      if (unwritten.isEmpty()) {
        extend();
      } else {
        reclaim();
      }
    } finally {
      growing.unlock();
    }
  }

  private void extend() throws IOException {
    long step = Math.clamp(end / 2, STEP_SLOTS_MIN, STEP_SLOTS_MAX);
    long behind = end + step;
    file.zero(end, behind + GUARD_SLOTS);
    // ORDER: whoever seals a slot of these sees that the file has to be forced as a whole.
    grown = true;
    add(end, behind);
    set.offer(end, behind);
    end = behind + GUARD_SLOTS;
  }

  private void reclaim() throws IOException {
    grown = true;
    int slot = unwritten.nextSetBit(0);
    for (int step = 0; slot >= 0 && step < STEP_SLOTS_MAX; step++) {
      file.zero(slot, slot + 1L);
      unwritten.clear(slot);
      set.offer(slot, slot + 1L);
      slot = unwritten.nextSetBit(slot + 1);
    }
  }

  /** Where a slot is in memory; null when it is not mapped. */
  public @Nullable Place place(long slot) {
    Region region = region(slot);
    return region == null
        ? null
        : new Place(region.segment, (slot - region.first) * FrameSize.BYTES);
  }

  private @Nullable Region region(long slot) {
    Region[] all = regions;
    int low = 0;
    int high = all.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Region region = all[middle];
      if (slot < region.first) {
        high = middle - 1;
      } else if (slot >= region.behind) {
        low = middle + 1;
      } else {
        return region;
      }
    }
    return null;
  }

  /** Tells the file system that the slot was stored to. */
  public void told(long slot) {
    Region region = region(slot);
    if (region != null) {
      long from = (slot - region.first) * FrameSize.BYTES;
      region.mapping.dirty(from, from + FrameSize.BYTES);
    }
  }

  /** As {@link #told}; the next {@link #force} makes the slot's bytes durable. */
  public void sealed(long slot) {
    told(slot);
    synchronized (unforced) {
      unforced.set((int) slot);
    }
  }

  /**
   * Returns when every slot that was {@link #sealed} before the call is durable, with the size of
   * the file needed to read it. A failure is final.
   */
  public void force() throws IOException {
    BitSet sealed;
    synchronized (unforced) {
      sealed = (BitSet) unforced.clone();
      unforced.clear();
    }
    if (grown) {
      grown = false;
      file.force();
    }
    for (int slot = sealed.nextSetBit(0); slot >= 0; ) {
      Region region = region(slot);
      if (region == null) {
        throw new IllegalStateException("slot " + slot + " is not mapped");
      }
      // WHY one call a region: each waits for the disk.
      int last = sealed.previousSetBit((int) region.behind - 1);
      region.mapping.force(
          (slot - region.first) * FrameSize.BYTES, (last + 1 - region.first) * FrameSize.BYTES);
      slot = sealed.nextSetBit(last + 1);
    }
  }

  /** How many slots are mapped. */
  public long count() {
    return count;
  }

  public long bytes() {
    return count * FrameSize.BYTES;
  }

  /** The fewest slots, from the file's beginning, that hold so many images beside the guards. */
  public long packedLength(long images) {
    long left = images;
    for (Region region : regions) {
      long slots = region.behind - region.first;
      if (left <= slots) {
        return region.first + left;
      }
      left -= slots;
    }
    return Long.MAX_VALUE / 2; // some images are not mapped: nothing can be packed better
  }

  /** Whether {@link #close} gives the space behind the last named slot back. */
  public void cutAtClose(boolean cuts) {
    this.cuts = cuts;
  }

  /** Ends all regions: every later access to them is an {@link IllegalStateException}. */
  @Override
  public void close() throws IOException {
    for (Region region : regions) {
      region.mapping.close();
    }
    if (cuts) {
      file.cut(set.namedLength());
    }
  }
}
