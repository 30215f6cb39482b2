package io.drey.engine.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drey.engine.store.SlotSet.SlotState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class SlotSetTest {
  private static final long[] NONE = {};

  private static long[] slots(long... slots) {
    return slots;
  }

  @Nested
  final class ASetOfLiveSlots {
    private final SlotSet set = SlotSet.of(slots(0, 2, 5));

    @Test
    void handsOutTheLowestFreeSlotFirst() {
      assertEquals(1, set.take());
      assertEquals(3, set.take());
      assertEquals(4, set.take());
      assertEquals(6, set.take());
    }

    @Test
    void refusesASlotNamedTwice() {
      assertThrows(IllegalArgumentException.class, () -> SlotSet.of(slots(1, 1)));
    }

    @Test
    void findsThePlaceForARelocationOnlyBelowTheLimit() {
      assertEquals(1, set.lowestFreeBelow(5));
      assertEquals(-1, set.lowestFreeBelow(1));
      assertEquals(-1, set.takeBelow(1));
      assertEquals(1, set.takeBelow(2));
    }

    @Test
    void isSoundAgainstTheManifestThatNamesThem() {
      assertEquals(List.of(), set.check(slots(5, 0, 2)));
      assertEquals(1, set.check(slots(0, 2)).size());
      assertEquals(1, set.check(slots(0, 1, 2, 5)).size());
      assertEquals(1, set.check(slots(0, 0, 2, 5)).size());
    }

    @Test
    void keepsALiveSlotWhateverIsAbandoned() {
      set.abandon(2);
      assertEquals(SlotState.LIVE, set.stateOf(2));
    }

    @Test
    void givesNoLiveSlotBackDirectly() {
      assertThrows(IllegalStateException.class, () -> set.release(slots(2)));
    }
  }

  @Nested
  final class ACommitThatIsDurable {
    private final SlotSet set = SlotSet.of(slots(0, 1));

    @Test
    void makesItsSlotsLiveAndRetiresThoseItReplaced() {
      long fresh = set.take();
      set.attempt(slots(fresh)).committed(slots(0));
      assertEquals(SlotState.LIVE, set.stateOf(fresh));
      assertEquals(SlotState.RETIRED, set.stateOf(0));
      assertEquals(3, set.take());
    }

    @Test
    void freesReplacedSlotsWhenTheirReadersHaveGone() {
      set.attempt(slots(set.take())).committed(slots(0));
      set.release(slots(0));
      assertEquals(0, set.take());
    }

    @Test
    void endsOnlyOnce() {
      SlotSet.Attempt attempt = set.attempt(NONE);
      attempt.committed(NONE);
      assertThrows(IllegalStateException.class, attempt::failed);
    }

    @Test
    void mustEndBeforeTheNextBegins() {
      set.attempt(NONE);
      assertThrows(IllegalStateException.class, () -> set.attempt(NONE));
    }
  }

  /** RELIABILITY T2: a round that failed must not free what others or the disk still name. */
  @Nested
  final class ACommitThatFailed {
    private final SlotSet set = SlotSet.of(slots(0, 1));

    @Test
    void givesNothingBack() {
      long fresh = set.take();
      set.attempt(slots(fresh)).failed();
      assertEquals(SlotState.DOUBTFUL, set.stateOf(fresh));
      assertEquals(SlotState.LIVE, set.stateOf(0));
      assertEquals(3, set.take());
    }

    @Test
    void keepsItsSlotsWhenTheirImagesAreAbandoned() {
      long fresh = set.take();
      set.attempt(slots(fresh)).failed();
      set.abandon(fresh);
      assertEquals(SlotState.DOUBTFUL, set.stateOf(fresh));
    }

    @Test
    void mayNameTheSameSlotsWhenRepeated() {
      long fresh = set.take();
      set.attempt(slots(fresh)).failed();
      set.attempt(slots(fresh)).committed(slots(0));
      assertEquals(SlotState.LIVE, set.stateOf(fresh));
    }

    @Test
    void leavesAbandonedSlotsFreeAndOthersToTheirOwnersOnceALaterCommitIsDurable() {
      long abandoned = set.take();
      long kept = set.take();
      set.attempt(slots(abandoned, kept)).failed();
      set.abandon(abandoned);
      set.attempt(slots(set.take())).committed(slots(0));
      assertEquals(SlotState.FREE, set.stateOf(abandoned));
      assertEquals(SlotState.WRITTEN, set.stateOf(kept));
      set.abandon(kept);
      assertEquals(SlotState.FREE, set.stateOf(kept));
    }

    @Test
    void leavesAnAttemptedSlotThatWasAbandonedLiveIfItSucceedsAfterAll() {
      long fresh = set.take();
      SlotSet.Attempt attempt = set.attempt(slots(fresh));
      set.abandon(fresh);
      attempt.committed(NONE);
      assertEquals(SlotState.LIVE, set.stateOf(fresh));
    }
  }

  @Test
  void trimsFreeSlotsAtTheEndOnly() {
    SlotSet set = SlotSet.of(slots(0, 3));
    long spilled = set.take();
    long tail = set.take();
    long end = set.take();
    assertArrayEquals(slots(1, 2, 4), slots(spilled, tail, end));
    set.abandon(end);
    assertEquals(4, set.trimmedLength());
    set.abandon(spilled);
    assertEquals(4, set.trimmedLength());
    assertEquals(1, set.take());
    assertEquals(4, set.take());
  }

  /** Every legal order of events, drawn at random, against sets kept beside. */
  @Test
  void keepsThePartitionThroughRandomLives() {
    for (long seed = 0; seed < 200; seed++) {
      randomLife(seed);
    }
  }

  private static void randomLife(long seed) {
    Random random = new Random(seed);
    SlotSet set = new SlotSet();
    Set<Long> onDisk = new HashSet<>();
    Set<Long> maybeOnDisk = new HashSet<>();
    List<Long> owned = new ArrayList<>();
    List<Long> retired = new ArrayList<>();
    for (int event = 0; event < 150; event++) {
      switch (random.nextInt(5)) {
        case 0, 1 -> {
          long slot = set.take();
          String context = "seed " + seed + ", event " + event + ", slot " + slot;
          assertEquals(false, onDisk.contains(slot) || maybeOnDisk.contains(slot), context);
          assertEquals(false, owned.contains(slot) || retired.contains(slot), context);
          owned.add(slot);
        }
        case 2 -> {
          if (!owned.isEmpty()) {
            set.abandon(owned.remove(random.nextInt(owned.size())));
          }
        }
        case 3 -> {
          Set<Long> named = new HashSet<>();
          owned.stream().filter(_ -> random.nextBoolean()).forEach(named::add);
          SlotSet.Attempt attempt = set.attempt(named.stream().mapToLong(l -> l).toArray());
          maybeOnDisk.addAll(named);
          if (random.nextInt(3) == 0) {
            attempt.failed();
          } else {
            List<Long> replaced = onDisk.stream().filter(_ -> random.nextBoolean()).toList();
            attempt.committed(replaced.stream().mapToLong(l -> l).toArray());
            replaced.forEach(onDisk::remove);
            retired.addAll(replaced);
            onDisk.addAll(named);
            owned.removeAll(named);
            maybeOnDisk.clear();
          }
        }
        default -> {
          set.release(retired.stream().mapToLong(l -> l).toArray());
          retired.clear();
        }
      }
      List<String> broken = set.check(onDisk.stream().mapToLong(l -> l).toArray());
      assertEquals(List.of(), broken, "seed " + seed + ", event " + event);
    }
  }
}
