package io.drey.engine.snapshot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.engine.frame.LatchedFrame;
import io.drey.engine.latch.FrameLatch;
import io.drey.engine.log.Mutation;
import io.drey.engine.mutation.Applier;
import io.drey.engine.pool.EpochEnd;
import io.drey.engine.recovery.Recovered;
import io.drey.engine.recovery.Recovery;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a reader of a snapshot finds when a blob changes between two of its steps. */
final class PastFramesTest {
  private static final byte[] KEY = "\1key".getBytes(ISO_8859_1);

  private final Recovered store = Recovery.inMemory();
  private final Applier applier = new Applier(store.pool());
  private final long root = store.pool().rootBlob();
  private final PastFrames past = open();

  private PastFrames open() {
    try (EpochEnd end = store.pool().endEpoch()) {
      return PastFrames.open(store.pool(), store.residency(), end, epoch -> 0);
    }
  }

  private <T> T alone(Supplier<T> work) {
    long stamp = store.gate().enter();
    try {
      return work.get();
    } finally {
      store.gate().leave(stamp);
    }
  }

  private void change() {
    alone(() -> applier.apply(new Mutation.Put(KEY, KEY), 1));
  }

  @Test
  void aMomentThatTheLogDoesNotBeginLeavesNothingBehind() {
    long epoch = store.pool().epoch();
    int open = store.pool().snapshots();
    try (EpochEnd end = store.pool().endEpoch()) {
      assertThrows(
          IllegalStateException.class,
          () ->
              PastFrames.open(
                  store.pool(),
                  store.residency(),
                  end,
                  next -> {
                    throw new IllegalStateException("no epoch " + next);
                  }));
    }

    assertEquals(open, store.pool().snapshots());
    assertEquals(epoch, store.pool().epoch());
  }

  @Test
  void aBlobThatDidNotChangeIsTheCurrentOne() {
    LatchedFrame latch = past.latched(root);

    assertSame(store.pool().latched(root), latch);
    assertFalse(FrameLatch.isHeld(past.stamp(latch)));
  }

  @Test
  void aBlobThatChangedIsTheImageBefore() {
    var before = store.pool().resident(root);
    change();
    LatchedFrame latch = past.latched(root);

    assertNotSame(store.pool().latched(root), latch);
    assertSame(before, latch.frame());
    assertFalse(FrameLatch.isHeld(past.stamp(latch)));
  }

  @Test
  void aBlobThatChangesBeforeItsStampIsTakenGivesNone() {
    LatchedFrame latch = past.latched(root);
    change();

    assertTrue(FrameLatch.isHeld(past.stamp(latch)));
  }

  @Test
  void aBlobThatChangesAfterItsStampWasTakenMakesItInvalid() {
    LatchedFrame latch = past.latched(root);
    long stamp = past.stamp(latch);
    change();

    assertFalse(latch.isValid(stamp));
  }

  @Test
  void anImageThatIsGivenUpMakesItsStampInvalid() {
    change();
    LatchedFrame latch = past.latched(root);
    long stamp = past.stamp(latch);
    alone(() -> {
      past.close();
      return null;
    });

    assertFalse(latch.isValid(stamp));
    assertEquals(0, store.pool().oldImages());
  }

  @Test
  void aSecondChangeInTheSameEpochKeepsNothingMore() {
    change();
    change();

    assertEquals(1, store.pool().oldImages());
  }
}
