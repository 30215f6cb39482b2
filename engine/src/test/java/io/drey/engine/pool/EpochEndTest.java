package io.drey.engine.pool;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.TreeConfig;
import io.drey.engine.checkpoint.CheckpointParts;
import io.drey.engine.latch.FrameLatch;
import io.drey.engine.layout.FrameSize;
import io.drey.engine.log.Mutation;
import io.drey.engine.log.MutationLog;
import io.drey.engine.log.Place;
import io.drey.engine.mutation.Applier;
import io.drey.engine.recovery.Recovered;
import io.drey.engine.recovery.Recovery;
import io.drey.testing.Watchdog;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** An epoch ends, for a checkpoint's capture, while a change is at each of its steps. */
final class EpochEndTest {
  private static final byte[] KEY = "\1key".getBytes(ISO_8859_1);
  private static final byte[] OLD = "old".getBytes(ISO_8859_1);
  private static final byte[] NEW = "new".getBytes(ISO_8859_1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Recovered store = open();
  private final CheckpointParts parts = Objects.requireNonNull(store.checkpoints());
  private final MutationLog log = Objects.requireNonNull(store.log());
  private final FramePool pool = store.pool();
  private final Blob root = Objects.requireNonNull(pool.blobs().find(pool.rootBlob()));
  private final WriteSet writes = new WriteSet(pool);
  private final Applier applier = new Applier(writes);
  private final Place place = new Place();
  private long epoch;

  private static Recovered open() {
    try {
      return Recovery.open(TreeConfig.at(Path.of("store")), Vfs.memory(), 64 << 10);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  EpochEndTest() {
    begin();
    assertTrue(hold() && prepare() && reserve());
    apply(OLD);
  }

  @AfterEach
  void close() throws IOException {
    store.resources().close();
  }

  // The steps of a change, inside the gate: no test closes it.

  private void begin() {
    epoch = writes.begin();
  }

  private boolean hold() {
    return applier.walk(KEY) == 0 && applier.hold();
  }

  private boolean prepare() {
    return applier.preparePut(KEY, NEW.length);
  }

  private boolean reserve() {
    return log.reserve(place, 0, 1, epoch);
  }

  private void apply(byte[] value) {
    applier.put(KEY, value, place.seq());
    log.publishVoid(place);
    writes.release();
  }

  private byte[] value() {
    assertEquals(0, applier.walk(KEY));
    return applier.value();
  }

  private Capture end() {
    try (EpochEnd end = pool.endEpoch()) {
      parts.log().part(end.next());
      end.pass();
      return parts.captures().begin();
    } finally {
      parts.log().parted();
    }
  }

  private CapturedImage only(Capture capture) {
    parts.captures().complete(capture);
    assertEquals(1, capture.taken().size());
    return capture.taken().getFirst();
  }

  private static void awaitThatWaits(Thread thread) {
    while (thread.getState() != Thread.State.TIMED_WAITING
        && thread.getState() != Thread.State.WAITING) {
      assertTrue(thread.isAlive());
      Thread.onSpinWait();
    }
  }

  @Nested
  final class OfABlobThatHasChangedInIt {
    @Test
    void refusesTheLatchBehindIt() {
      begin();
      end();

      assertFalse(hold());
      writes.release();
    }

    @Test
    void refusesThePlaceBehindIt() {
      begin();
      assertTrue(hold());
      end();

      assertTrue(prepare());
      assertFalse(reserve());
      writes.release();
    }

    @Test
    void waitsWithItsImageForWhatReservedBefore() throws Exception {
      begin();
      assertTrue(hold() && prepare() && reserve());
      Capture capture = end();
      Watchdog watchdog = Watchdog.patientFor(PATIENCE);
      CountDownLatch begun = new CountDownLatch(1);
      List<Thread> capturing = new ArrayList<>();
      watchdog.start(
          "capture",
          () -> {
            capturing.add(Thread.currentThread());
            begun.countDown();
            parts.captures().complete(capture);
          });
      begun.await();
      awaitThatWaits(capturing.getFirst());
      assertEquals(0, capture.taken().size());

      apply(NEW);
      watchdog.join();

      assertSame(root.image, capture.taken().getFirst().image);
      assertArrayEquals(NEW, value());
    }

    @Test
    void isTakenAllTheSameWhenItsLatchIsNeverGivenBack() {
      Capture capture = end();
      assertTrue(root.tryHold(root.optimistic()));

      assertSame(root.image, only(capture).image);
    }

    @Test
    void leavesItsImageToTheCaptureWhenItChangesAgain() {
      PooledFrame before = root.image;
      Capture capture = end();
      begin();
      assertTrue(hold() && prepare() && reserve());
      apply(NEW);

      assertSame(before, only(capture).image);
      assertNotSame(before, root.image);
      assertTrue(pool.blobs().isChanged(root));
    }

    @Test
    void leavesItsImageToTheCaptureWhenItGoes() {
      PooledFrame before = root.image;
      Capture capture = end();
      begin();
      assertTrue(hold() && writes.restructure());
      writes.free(root.id);
      writes.release();

      assertSame(before, only(capture).image);
    }

    @Test
    void isTakenWhereItChangesAloneToo() {
      PooledFrame before = root.image;
      Capture capture = end();
      long stamp = store.gate().enter();
      new Applier(pool).apply(new Mutation.Put(KEY, NEW), 9);
      store.gate().leave(stamp);

      assertSame(before, only(capture).image);
    }

    /** A spill is under way when the latch is taken, and has come to nothing when it changes. */
    @Test
    void givesTheCopyBackWhenNobodyReadsTheImageAnyMore() {
      PooledFrame image = Objects.requireNonNull(root.image);
      int free = pool.freePlaces();
      image.hold();
      begin();
      assertTrue(hold());
      assertEquals(free - 1, pool.freePlaces());
      image.letGo();

      assertTrue(prepare() && reserve());
      apply(NEW);

      assertSame(image, root.image);
      assertEquals(free, pool.freePlaces());
    }

    @Test
    void isDueAgainWhenTheRoundComesToNothing() {
      Capture capture = end();
      parts.captures().abandon(capture);

      assertTrue(pool.blobs().isChanged(root));
      assertEquals(0, Objects.requireNonNull(root.image).holds());
    }
  }

  @Nested
  final class OfABlobThatHasNotChangedInIt {
    private final Capture first = end();

    /** The epoch ends when the change that has joined it has left. */
    @Test
    void waitsForItsFirstChange() throws Exception {
      only(first);
      begin();
      assertTrue(hold() && prepare());
      Watchdog watchdog = Watchdog.patientFor(PATIENCE);
      CountDownLatch begun = new CountDownLatch(1);
      List<Thread> ending = new ArrayList<>();
      List<Capture> second = new ArrayList<>();
      watchdog.start(
          "end",
          () -> {
            ending.add(Thread.currentThread());
            begun.countDown();
            second.add(end());
          });
      begun.await();
      awaitThatWaits(ending.getFirst());
      while (!pool.isOver(epoch)) {
        Thread.onSpinWait(); // it naps before it keeps others from joining
      }
      WriteSet other = new WriteSet(pool);
      other.begin();
      assertFalse(other.restructure(), "nobody joins behind one that has waited long");
      assertTrue(reserve());

      apply(NEW);
      watchdog.join();

      assertSame(root.image, only(second.getFirst()).image);
    }

    @Test
    void isCopiedBeforeItsLatchIsTaken() {
      only(first);
      long stamp = root.optimistic();
      PooledFrame copy = Objects.requireNonNull(pool.images().copyAhead(root));

      assertTrue(root.isValid(stamp));
      PooledFrame image = Objects.requireNonNull(root.image);
      long used = FrameSize.BYTES / 8;
      assertEquals(
          -1,
          image
              .frame
              .segment
              .asSlice(image.frame.base, used)
              .mismatch(copy.frame.segment.asSlice(copy.frame.base, used)));
      pool.images().giveBack(copy);
    }

    @Test
    void isNotCopiedWhereItMayStayAsItIs() {
      only(first);
      int free = pool.freePlaces();
      begin();

      assertTrue(writes.hold(root, root.optimistic()));

      assertEquals(free, pool.freePlaces());
      writes.release();
    }

    @Test
    void givesTheCopyBackWhenTheLatchWasTakenMeanwhile() {
      only(first);
      int free = pool.freePlaces();
      begin();
      assertEquals(0, applier.walk(KEY));
      assertTrue(root.tryHold(root.optimistic()));
      root.release();

      assertFalse(applier.hold());

      writes.release();
      assertEquals(free, pool.freePlaces());
      assertFalse(FrameLatch.isHeld(root.optimistic()));
    }

    @Test
    void givesTheCopyBackWhenTheChangeIsGivenUp() {
      only(first);
      int free = pool.freePlaces();
      begin();
      assertTrue(hold());
      assertEquals(free - 1, pool.freePlaces());

      writes.release();

      assertEquals(free, pool.freePlaces());
    }
  }
}
