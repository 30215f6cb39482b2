package io.drey.engine.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who owns each slot of the data file. Every slot is in exactly one state (S1):
 *
 * <pre>
 *            take                  attempt               committed
 *   FREE ----------->  WRITTEN  ------------> ATTEMPTED ----------->  LIVE
 *     ^                 |    ^                 |      ^                |
 *     |     abandon     |    |                 |failed| attempt        | committed, not named
 *     +-----------------+    |   committed     v      |                v
 *     |                      +-------------- DOUBTFUL-+             RETIRED
 *     |      committed, after abandon          |                       |
 *     +----------------------------------------+                       |
 *     |                            release                             |
 *     +----------------------------------------------------------------+
 * </pre>
 *
 * <p>A slot that a durable manifest names is LIVE, and one that an attempted commit may have named
 * is ATTEMPTED or DOUBTFUL: there is no way from these to FREE but a commit that is durable and no
 * longer names it (S2). A round that fails gives nothing back; there is no rollback.
 *
 * <p>Slots that are taken and not named by a commit are in-memory knowledge: after a close or a
 * crash they are free.
 *
 * <p>Safe for use by any number of threads; no method waits or does I/O.
 */
public final class SlotSet {
  /** Slot numbers are below it. */
  static final long LIMIT = Integer.MAX_VALUE - 8;

  /** Where a slot stands in its life. */
  public enum SlotState {
    /** Names nothing; the next {@link #take} may get it. */
    FREE,
    /** Belongs to whoever took it; no commit has named it. */
    WRITTEN,
    /** Named by the commit that is under way. */
    ATTEMPTED,
    /** Named by a commit that failed: it is not known whether the disk holds that commit. */
    DOUBTFUL,
    /** Named by the last durable commit. */
    LIVE,
    /** Named by an earlier commit; its last readers may still be at it. */
    RETIRED
  }

  /**
   * How many slots are in which state; ATTEMPTED, DOUBTFUL and RETIRED ones are quarantined. Free
   * ones beyond the last in use are not counted after a trim.
   */
  public record Counts(long free, long written, long live, long quarantined) {}

  private SlotState[] states = new SlotState[0];
  private final BitSet free = new BitSet();
  private final BitSet abandoned = new BitSet();

  /** Slots that {@link #takeOffered} gives when they are free, and those that are free now. */
  private final BitSet offered = new BitSet();

  private final BitSet offeredFree = new BitSet();
  private volatile int offeredCount;

  /** Slots at and above it were never taken, or are trimmed; they count as free. */
  private int length;

  private @Nullable Attempt underWay;

  /** A set in which exactly the given slots are LIVE and no other is taken. */
  public static SlotSet of(long[] live) {
    SlotSet set = new SlotSet();
    for (long slot : live) {
      int index = index(slot);
      set.extend(index + 1);
      if (set.state(index) != SlotState.FREE) {
        throw new IllegalArgumentException("slot " + slot + " is named twice");
      }
      set.move(index, SlotState.LIVE);
    }
    return set;
  }

  /** FREE to WRITTEN: the lowest free slot, beyond all others if there is no gap. */
  public synchronized long take() {
    int slot = free.nextSetBit(0);
    if (slot < 0) {
      slot = length;
      extend(length + 1);
    }
    move(slot, SlotState.WRITTEN);
    return slot;
  }

  /** FREE to WRITTEN: the lowest free slot if it lies below {@code limit}, else -1. */
  public synchronized long takeBelow(long limit) {
    long lowest = lowestFreeBelow(limit);
    if (lowest >= 0) {
      move((int) lowest, SlotState.WRITTEN);
    }
    return lowest;
  }

  /** From now on {@link #takeOffered} may give these slots whenever they are free. */
  public synchronized void offer(long from, long to) {
    for (int slot = index(from); slot < to; slot++) {
      if (!offered.get(slot)) {
        offered.set(slot);
        noteOffered(slot, state(slot));
      }
    }
  }

  /** FREE to WRITTEN: the lowest free slot among those that were offered; -1 = there is none. */
  public synchronized long takeOffered() {
    int slot = offeredFree.nextSetBit(0);
    if (slot >= 0) {
      extend(slot + 1);
      move(slot, SlotState.WRITTEN);
    }
    return slot;
  }

  /** How many slots {@link #takeOffered} has to give; for any thread, without a lock. */
  public int offeredFree() {
    return offeredCount;
  }

  private void noteOffered(int slot, SlotState state) {
    boolean isFree = state == SlotState.FREE;
    if (offered.get(slot) && offeredFree.get(slot) != isFree) {
      offeredFree.set(slot, isFree);
      int before = offeredCount;
      offeredCount = isFree ? before + 1 : before - 1;
    }
  }

  /** The lowest free slot below {@code limit}; -1 = there is none. */
  public synchronized long lowestFreeBelow(long limit) {
    int slot = free.nextSetBit(0);
    return slot >= 0 && slot < limit ? slot : -1;
  }

  /**
   * The image in the slot is nobody's any more, and nobody reads it: a WRITTEN slot is free. A slot
   * that a commit names or may name stays where it is: it becomes free after a commit that no
   * longer does.
   */
  public synchronized void abandon(long slot) {
    int index = index(slot);
    switch (state(index)) {
      case WRITTEN -> move(index, SlotState.FREE);
      case ATTEMPTED, DOUBTFUL -> abandoned.set(index);
      case LIVE, RETIRED -> {}
      case FREE -> throw wrong(index, "abandoned");
    }
  }

  /**
   * WRITTEN or DOUBTFUL to ATTEMPTED: a commit that names these slots is about to be appended. It
   * ends in {@link Attempt#committed} or {@link Attempt#failed} before the next one begins. A slot
   * that is LIVE, because its blob keeps it, stays so.
   */
  public synchronized Attempt attempt(long[] named) {
    if (underWay != null) {
      throw new IllegalStateException("a commit is under way");
    }
    for (long slot : named) {
      SlotState state = state(index(slot));
      if (state != SlotState.WRITTEN && state != SlotState.DOUBTFUL && state != SlotState.LIVE) {
        throw wrong(index(slot), "named by a commit");
      }
    }
    Attempt attempt = new Attempt(named);
    for (int slot : attempt.slots) {
      if (state(slot) != SlotState.LIVE) {
        move(slot, SlotState.ATTEMPTED);
        abandoned.clear(slot);
      }
    }
    underWay = attempt;
    return attempt;
  }

  /** The slots of one commit under way. */
  public final class Attempt {
    private final int[] slots;

    private Attempt(long[] named) {
      slots = new int[named.length];
      for (int i = 0; i < named.length; i++) {
        slots[i] = index(named[i]);
      }
    }

    /**
     * The commit is durable: its slots are LIVE, those it replaced are RETIRED until they are
     * {@linkplain SlotSet#release released}, and slots of earlier failed commits are nobody's doubt
     * any more.
     *
     * @param replaced what {@link ManifestLog#commit} returned
     */
    public void committed(long[] replaced) {
      synchronized (SlotSet.this) {
        end(this);
        for (int slot : slots) {
          move(slot, SlotState.LIVE);
          abandoned.clear(slot);
        }
        for (long slot : replaced) {
          if (state(index(slot)) != SlotState.LIVE) {
            throw wrong(index(slot), "replaced");
          }
          move(index(slot), SlotState.RETIRED);
        }
        settleDoubts();
      }
    }

    /** The commit failed, with whatever outcome: its slots are DOUBTFUL. */
    public void failed() {
      synchronized (SlotSet.this) {
        end(this);
        for (int slot : slots) {
          if (state(slot) == SlotState.ATTEMPTED) {
            move(slot, SlotState.DOUBTFUL);
          }
        }
      }
    }
  }

  /** RETIRED to FREE: nobody reads these slots any more. */
  public synchronized void release(long[] slots) {
    for (long slot : slots) {
      if (state(index(slot)) != SlotState.RETIRED) {
        throw wrong(index(slot), "released");
      }
    }
    for (long slot : slots) {
      move(index(slot), SlotState.FREE);
    }
  }

  public synchronized SlotState stateOf(long slot) {
    return slot >= length ? SlotState.FREE : state(index(slot));
  }

  /** One more than the highest slot that is not free: what the data file must keep. */
  public synchronized long trimmedLength() {
    while (length > 0 && state(length - 1) == SlotState.FREE) {
      length--;
      free.clear(length);
    }
    return length;
  }

  /** One more than the highest slot that a commit names or may name. */
  public synchronized long namedLength() {
    int named = length;
    while (named > 0
        && (state(named - 1) == SlotState.FREE || state(named - 1) == SlotState.WRITTEN)) {
      named--;
    }
    return named;
  }

  public synchronized Counts counts() {
    long written = 0;
    long live = 0;
    for (int slot = 0; slot < length; slot++) {
      written += states[slot] == SlotState.WRITTEN ? 1 : 0;
      live += states[slot] == SlotState.LIVE ? 1 : 0;
    }
    long unused = free.cardinality();
    return new Counts(unused, written, live, length - unused - written - live);
  }

  /**
   * Everything that contradicts the partition: INVARIANT S1 within the set, S2 against the slots
   * that the durable manifest names. Empty = sound. Only while no commit is under way.
   */
  public synchronized List<String> check(long[] named) {
    List<String> found = new ArrayList<>();
    BitSet live = new BitSet();
    for (long slot : named) {
      int index = index(slot);
      if (live.get(index)) {
        found.add("slot " + slot + " is named for two blobs");
      }
      live.set(index);
      if (stateOf(slot) != SlotState.LIVE) {
        found.add("slot " + slot + " is named by the manifest and is " + stateOf(slot));
      }
    }
    for (int slot = 0; slot < length; slot++) {
      SlotState state = state(slot);
      if (state == SlotState.LIVE && !live.get(slot)) {
        found.add("slot " + slot + " is LIVE and the manifest does not name it");
      }
      if ((state == SlotState.FREE) != free.get(slot)) {
        found.add("slot " + slot + " is " + state + " against the map of free slots");
      }
    }
    for (int slot = offered.nextSetBit(0); slot >= 0; slot = offered.nextSetBit(slot + 1)) {
      if ((state(slot) == SlotState.FREE) != offeredFree.get(slot)) {
        found.add("slot " + slot + " is " + state(slot) + " against the map of offered slots");
      }
    }
    if (free.length() > length) {
      found.add("slot " + (free.length() - 1) + " is free beyond the end");
    }
    return found;
  }

  private void end(Attempt attempt) {
    if (underWay != attempt) {
      throw new IllegalStateException("the commit has ended before");
    }
    underWay = null;
  }

  private void settleDoubts() {
    for (int slot = 0; slot < length; slot++) {
      if (state(slot) == SlotState.DOUBTFUL) {
        move(slot, abandoned.get(slot) ? SlotState.FREE : SlotState.WRITTEN);
        abandoned.clear(slot);
      }
    }
  }

  private static int index(long slot) {
    if (slot < 0 || slot >= LIMIT) {
      throw new IllegalArgumentException("slot " + slot);
    }
    return (int) slot;
  }

  private SlotState state(int slot) {
    return slot < length ? states[slot] : SlotState.FREE;
  }

  private void extend(int newLength) {
    if (newLength > length) {
      if (newLength > LIMIT) {
        throw new IllegalStateException("a data file holds " + LIMIT + " slots at most");
      }
      if (newLength > states.length) {
        int grown = (int) Math.min(LIMIT, Math.max(64L + newLength, 2L * states.length));
        states = Arrays.copyOf(states, grown);
      }
      Arrays.fill(states, length, newLength, SlotState.FREE);
      free.set(length, newLength);
      length = newLength;
    }
  }

  private void move(int slot, SlotState to) {
    states[slot] = to;
    free.set(slot, to == SlotState.FREE);
    noteOffered(slot, to);
  }

  private static IllegalStateException wrong(int slot, String what) {
    return new IllegalStateException("slot " + slot + " cannot be " + what + " in its state");
  }
}
