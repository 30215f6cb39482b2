package io.drey.engine.pool;

import io.drey.engine.frame.Frame;
import io.drey.engine.store.StoredImage;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The places for frames, those that are free, and which of the others were used lately. Changed
 * under the ledger, or alone inside the gate; {@link #touch} and the counts are for any thread.
 */
class Places implements AutoCloseable {
  private final FrameMemory memory = new FrameMemory();
  private PooledFrame[] places = new PooledFrame[0];
  private int[] free = new int[0];

  /** Per place 1 = used since the hand passed. */
  private volatile byte[] used = new byte[0];

  private volatile int freeCount;
  private volatile int count;

  /** Places that changes under way may still take: nobody else does. */
  private final AtomicInteger promised = new AtomicInteger();

  private int hand;

  Places() {
    add(memory.grow(FrameMemory.FIRST_FRAMES));
  }

  /**
   * Promises so many places to a change, where {@code rest} more are left; followed by {@link
   * #endPromise}. For any thread.
   */
  boolean promise(int wanted, int rest) {
    // ORDER: promised first, then looked at what is free; who takes without a promise does it the
    // other way round, so one of two sees the other.
    if (available() >= promised.addAndGet(wanted) + rest) {
      return true;
    }
    promised.addAndGet(-wanted);
    return false;
  }

  void endPromise(int wanted) {
    promised.addAndGet(-wanted);
  }

  int promised() {
    return promised.get();
  }

  /** A free place that is promised to nobody, or null. */
  @Nullable PooledFrame takeUnpromised() {
    if (available() == 0) {
      return null;
    }
    PooledFrame place = take();
    if (available() < promised.get()) {
      giveBack(place);
      return null;
    }
    return place;
  }

  /** A free place; beyond the limit when none is left, so that a change under way cannot fail. */
  PooledFrame take() {
    return takeMemory();
  }

  /** As {@link #take}; the place is memory and nothing else, and holds nothing that is stored. */
  final PooledFrame takeMemory() {
    int left = freeCount;
    if (left == 0) {
      add(memory.grow(FrameMemory.FIRST_FRAMES));
      left = freeCount;
    }
    freeCount = left - 1;
    return places[free[left - 1]];
  }

  void giveBack(PooledFrame place) {
    place.vacate();
    int left = freeCount;
    free[left] = place.frame.index;
    freeCount = left + 1;
  }

  /** Allocates memory for more places, at most so many; outside the gate. */
  List<FrameMemory.Place> allocate(int atMost) {
    return memory.grow(atMost);
  }

  /** Adds places, all free. */
  void add(List<FrameMemory.Place> grown) {
    int index = places.length;
    int enlarged = index + grown.size();
    places = Arrays.copyOf(places, enlarged);
    used = Arrays.copyOf(used, enlarged);
    free = Arrays.copyOf(free, enlarged);
    int left = freeCount;
    for (FrameMemory.Place place : grown) {
      places[index] = new PooledFrame(new Frame(place.segment(), place.base(), index), -1);
      free[left++] = index;
      index++;
    }
    freeCount = left;
    count = enlarged;
  }

  /** Marks a use. From any thread at any time: a mark may get lost, and no more. */
  void touch(Frame frame) {
    byte[] marks = used;
    int index = frame.index;
    if (index < marks.length && marks[index] == 0) {
      marks[index] = 1;
    }
  }

  PooledFrame at(Frame frame) {
    return places[frame.index];
  }

  /**
   * A place to evict by second chance: an image that is not held, whose blob is not pinned and
   * whose latch nobody has, clean where there is one in one and a half turns of the hand, else
   * dirty. Its latch is held then. Null when there is none at all.
   */
  @Nullable PooledFrame victim(@Nullable Blob root) {
    PooledFrame dirtyVictim = null;
    byte[] marks = used;
    for (int step = 0; step < 2 * places.length; step++) {
      hand = hand + 1 >= places.length ? 0 : hand + 1;
      PooledFrame place = places[hand];
      BlobImage owner = place.owner;
      if (owner == null || owner == root || owner.pins > 0 || place.holds() > 0) {
        continue;
      }
      if (marks[hand] != 0) {
        marks[hand] = 0;
      } else if (place.dirty) {
        dirtyVictim = dirtyVictim == null ? place : dirtyVictim;
      } else if (owner.tryHold(owner.optimistic())) {
        return place;
      }
    }
    BlobImage owner = dirtyVictim == null ? null : dirtyVictim.owner;
    return owner != null && owner.tryHold(owner.optimistic()) ? dirtyVictim : null;
  }

  /** Places that are free and promised to nobody. */
  int free() {
    return Math.max(0, available() - promised.get());
  }

  /** Places that are free, promised or not. */
  int available() {
    return freeCount;
  }

  /** What an operation can hope for that finds no victim. */
  Scarcity.Outlook outlook(@Nullable Blob root, Pins pins) {
    boolean busy = promised.get() > 0;
    for (PooledFrame place : places) {
      BlobImage owner = place.owner;
      if (place.holds() > 0) {
        busy = true;
      } else if (owner != null && owner != root) {
        if (owner.pins == 0) {
          return Scarcity.Outlook.VICTIM;
        }
        busy |= owner.pins > pins.of(owner);
      }
    }
    return busy ? Scarcity.Outlook.STEPS : Scarcity.Outlook.NOTHING;
  }

  /** The place in which a stored image stands; null = it has none, whoever wants it copies it. */
  @Nullable PooledFrame home(StoredImage stored) {
    return null;
  }

  /** Whether stored images stand where they are stored, and so must not change. */
  boolean isStorage() {
    return false;
  }

  int count() {
    return count;
  }

  long bytes() {
    return memory.bytes();
  }

  @Override
  public void close() {
    memory.close();
  }
}
