package io.drey.engine.pool;

import io.drey.engine.frame.Frame;
import io.drey.engine.store.StoredImage;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The places for frames, those that are free, and which of the others were used lately. Changed
 * under the ledger, or alone inside the gate; {@link #touch} and the counts are for any thread.
 */
class Places implements AutoCloseable {
  private static final int FIRST_FRAMES = 8;

  private final FrameMemory memory = new FrameMemory();
  private PooledFrame[] places = new PooledFrame[0];
  private int[] free = new int[0];

  /** Per place 1 = used since the hand passed. */
  private volatile byte[] used = new byte[0];

  private volatile int freeCount;
  private volatile int count;
  private int hand;

  Places() {
    add(memory.grow(FIRST_FRAMES));
  }

  /** A free place; beyond the limit when none is left, so that a change under way cannot fail. */
  PooledFrame take() {
    return takeMemory();
  }

  /** As {@link #take}; the place is memory and nothing else, and holds nothing that is stored. */
  final PooledFrame takeMemory() {
    int left = freeCount;
    if (left == 0) {
      add(memory.grow(FIRST_FRAMES));
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

  int free() {
    return freeCount;
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
