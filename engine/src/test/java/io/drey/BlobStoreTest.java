package io.drey;

import static io.drey.BlobRecords.MANY;
import static io.drey.BlobRecords.fill;
import static io.drey.BlobRecords.key;
import static io.drey.BlobRecords.open;
import static io.drey.BlobRecords.readOnly;
import static io.drey.BlobRecords.value;
import static io.drey.BlobRecords.verify;
import static io.drey.BlobRecords.verifyNothingLeaks;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.testing.Calls;
import io.drey.testing.MemoryBlobStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tree in a user's own storage that does what its contract says. */
@Tag("both-sizes")
final class BlobStoreTest {
  private static final int FEW = 50;

  private MemoryBlobStore store = new MemoryBlobStore();

  @AfterEach
  void theTreeKeptItsPartOfTheContract() {
    store.checkContract();
  }

  private void nextLife() {
    store.checkContract();
    store = store.afterPowerLoss();
  }

  @Nested
  final class AnyTree {
    @Test
    void isThereAgainAfterClose() {
      try (Tree tree = open(store)) {
        fill(tree, 0, MANY, 1);
      }
      assertTrue(store.isClosed());
      nextLife();
      try (Tree tree = open(store)) {
        verify(tree, MANY, 1);
        fill(tree, 0, MANY, 2);
        tree.checkpoint();
        verifyNothingLeaks(tree, store);
      }
      nextLife();
      try (Tree tree = open(store)) {
        verify(tree, MANY, 2);
      }
    }

    @Test
    void commitsOnceToOpenAndOnceForACheckpointOfAFewFrames() {
      try (Tree tree = open(store)) {
        assertEquals(List.of(0), store.commitSizes());
        fill(tree, 0, 3, 1);
        tree.checkpoint();
        assertEquals(List.of(0, 1), store.commitSizes());
        tree.checkpoint();
        assertEquals(List.of(0, 1), store.commitSizes(), "without changes");
      }
      assertEquals(List.of(0, 1), store.commitSizes(), "closed without changes");
    }

    @Test
    void doesWithoutTheDirectoryOfItsConfiguration(@TempDir Path ground) {
      Path directory = ground.resolve("unused");
      TreeConfig config = TreeConfig.at(directory).withDurability(Durability.SYNC);
      try (Tree tree = Tree.open(config, store)) {
        tree.put(key(1), value(1, 1));
        assertEquals(config, tree.config());
      }
      assertFalse(Files.exists(directory));
      nextLife();
      try (Tree tree = Tree.open(config, store)) {
        assertArrayEquals(value(1, 1), tree.get(key(1)));
      }
    }

    @Test
    void doesEverythingThatAnyTreeDoes() {
      try (Tree tree = open(store)) {
        for (int round = 0; round < 3; round++) {
          Calls.all().values().forEach(call -> call.on(tree));
        }
        assertEquals(List.of(), tree.check());
      }
    }

    @Test
    void givesFramesBackWhenItShrinks() {
      try (Tree tree = open(store)) {
        fill(tree, 0, MANY, 1);
        tree.checkpoint();
        int full = store.ids().size();
        for (int number = 20; number < MANY; number++) {
          tree.delete(key(number));
        }
        tree.compact();
        tree.checkpoint();
        verifyNothingLeaks(tree, store);
        assertTrue(store.ids().size() < full / 4, () -> store.ids().size() + " of " + full);
        verify(tree, 20, 1);
      }
    }

    @Test
    void saysInItsStatisticsWhereItIs() {
      try (Tree tree = open(store)) {
        fill(tree, 0, MANY, 1);
        tree.checkpoint();
        TreeStats stats = tree.stats();
        assertEquals(TreeStats.DataAccess.BLOB_STORE, stats.dataAccess());
        assertEquals((long) store.ids().size() * Tree.pageSize(), stats.dataBytesLive());
        assertEquals(0, stats.journalBytes());
        assertEquals(1, stats.checkpointRoundsSucceeded());
        assertTrue(stats.blobsWritten() >= store.ids().size(), stats::toString);
      }
      nextLife();
      try (Tree tree = open(store)) {
        assertEquals(store.ids().size(), tree.stats().blobs().size());
        assertEquals(MANY + 1, tree.stats().leaves(), "with the record of the catalogue");
      }
    }

    @Test
    void checkpointsInTheBackgroundWhereThePolicySaysSo() throws InterruptedException {
      CheckpointPolicy policy = new CheckpointPolicy(true, Duration.ofMillis(5), 1 << 20, 0.5);
      try (Tree tree = Tree.open(BlobRecords.config().withCheckpoint(policy), store)) {
        fill(tree, 0, FEW, 1);
        TreeStats stats = tree.stats();
        while (stats.dirtyBlobs() > 0
            || stats.checkpointRoundsSucceeded() < stats.checkpointRoundsAttempted()) {
          stats = tree.stats(); // an image is written down before its round commits
        }
        MemoryBlobStore left = store.afterPowerLoss();
        try (Tree survivor = open(left)) {
          verify(survivor, FEW, 1);
        }
      }
    }
  }

  @Nested
  final class APoolThatIsTooSmall {
    @Test
    void putsItsFramesIntoTheStoreSeveralAtOnce() {
      try (Tree tree = open(store)) {
        fill(tree, 0, MANY, 1);
        TreeStats stats = tree.stats();
        int commits = store.commitSizes().size();
        assertTrue(stats.evictions() > 0 && store.ids().size() > 0, stats::toString);
        assertTrue(
            commits <= 1 + stats.blobsWritten() / 2,
            () -> commits + " commits of " + stats.blobsWritten() + " images");
        verify(tree, MANY, 1);
      }
    }

    @Test
    void keepsToItsLimitWithTheBuffersCounted() {
      try (Tree tree = open(store)) {
        for (int number = 0; number < MANY; number++) {
          tree.set(key(number), value(number, 1));
          TreeStats stats = tree.stats();
          assertTrue(stats.poolBytesUsed() <= stats.poolBytesLimit(), stats::toString);
        }
      }
    }

    @Test
    void leavesNoFrameOfImagesThatWereReplaced() {
      try (Tree tree = open(store)) {
        for (int generation = 1; generation <= 4; generation++) {
          fill(tree, 0, MANY, generation);
        }
        tree.checkpoint();
        verifyNothingLeaks(tree, store);
        verify(tree, MANY, 4);
      }
    }
  }

  @Nested
  final class ALossOfPower {
    @Test
    void leavesTheStateOfTheLastCheckpointAtEveryCommit() {
      List<MemoryBlobStore> left = new ArrayList<>();
      try (Tree tree = open(store)) {
        fill(tree, 0, MANY, 1);
        tree.checkpoint();
        store.duringCommits(() -> left.add(store.afterPowerLoss()));
        fill(tree, 0, MANY, 2);
        tree.checkpoint();
        store.duringCommits(() -> {});
      }
      assertTrue(left.size() > 3, () -> left.size() + " commits");
      for (MemoryBlobStore each : left) {
        try (Tree survivor = open(each)) {
          verify(survivor, MANY, 1);
        }
        each.checkContract();
      }
      nextLife();
      try (Tree tree = open(store)) {
        verify(tree, MANY, 2);
      }
    }

    @Test
    void leavesNothingThatTheNextOpeningDoesNotClear() {
      Tree abandoned = open(store);
      fill(abandoned, 0, MANY, 1);
      abandoned.checkpoint();
      int checkpointed = store.ids().size();
      fill(abandoned, 0, MANY, 2);
      assertTrue(store.ids().size() > checkpointed, "nothing was spilled");
      MemoryBlobStore survivor = store.afterPowerLoss();
      abandoned.close();
      try (Tree tree = open(survivor)) {
        assertEquals(checkpointed, survivor.ids().size());
        verifyNothingLeaks(tree, survivor);
        verify(tree, MANY, 1);
      }
      survivor.checkContract();
    }

    @Test
    void givesNoVersionTwice() {
      Set<Long> versions = new HashSet<>();
      for (int life = 0; life < 5; life++) {
        Tree tree = open(store);
        for (int number = 0; number < FEW; number++) {
          tree.set(key(number), value(number, life));
          Entry entry = tree.getEntry(key(number));
          assertTrue(versions.add(entry.version()), "version " + entry.version());
        }
        if (life % 2 == 0) {
          tree.checkpoint();
        }
        MemoryBlobStore left = store.afterPowerLoss();
        tree.close();
        store.checkContract();
        store = left;
      }
    }
  }

  @Nested
  final class ASnapshot {
    @Test
    void keepsItsFramesThroughCheckpointsUntilItIsClosed() {
      try (Tree tree = open(store)) {
        fill(tree, 0, MANY, 1);
        tree.checkpoint();
        try (Snapshot snapshot = tree.snapshot()) {
          for (int generation = 2; generation <= 3; generation++) {
            fill(tree, 0, MANY, generation);
            tree.checkpoint();
          }
          try (Tree survivor = open(store.afterPowerLoss())) {
            verify(survivor, MANY, 3);
          }
          for (int number = 0; number < MANY; number++) {
            assertArrayEquals(value(number, 1), snapshot.get(key(number)));
          }
        }
        fill(tree, 0, 1, 3);
        tree.checkpoint();
        verifyNothingLeaks(tree, store);
        verify(tree, MANY, 3);
      }
    }
  }

  @Nested
  final class OpenForReadingAlone {
    @Test
    void readsEverythingAndCommitsNothing() {
      try (Tree tree = open(store)) {
        fill(tree, 0, MANY, 1);
      }
      nextLife();
      try (Tree tree = readOnly(store)) {
        verify(tree, MANY, 1);
        assertEquals(MANY + 1, tree.stats().leaves());
        assertThrows(ReadOnlyException.class, () -> tree.put(key(1), value(1, 2)));
        assertThrows(ReadOnlyException.class, tree::checkpoint);
        assertThrows(ReadOnlyException.class, tree::compact);
      }
      assertEquals(List.of(), store.commitSizes());
      assertTrue(store.isClosed());
    }

    @Test
    void leavesTheSpareFramesOfACrash() {
      Tree abandoned = open(store);
      fill(abandoned, 0, MANY, 1);
      MemoryBlobStore survivor = store.afterPowerLoss();
      abandoned.close();
      Set<Long> before = survivor.ids();
      try (Tree tree = readOnly(survivor)) {
        assertNull(tree.get(key(1)));
        assertEquals(List.of(), tree.check());
      }
      assertEquals(before, survivor.ids());
    }

    @Test
    void refusesANewStore() {
      assertThrows(StorageException.class, () -> readOnly(store));
      assertFalse(store.isClosed(), "it is the caller's still");
    }
  }

  @Nested
  final class ManyThreads {
    private static final int THREADS = 4;

    @Test
    void readWriteAndCheckpointSideBySide() throws Exception {
      CheckpointPolicy policy = new CheckpointPolicy(true, Duration.ofMillis(10), 1 << 20, 0.1);
      try (Tree tree = Tree.open(BlobRecords.config().withCheckpoint(policy), store);
          ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
        List<Future<?>> work = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
          int first = thread;
          work.add(threads.submit(() -> writeAndRead(tree, first)));
        }
        for (Future<?> each : work) {
          each.get();
        }
        verify(tree, MANY, 3);
        tree.checkpoint();
        tree.set(key(0), value(0, 3)); // what was read while it was replaced goes with this one
        tree.checkpoint();
        verifyNothingLeaks(tree, store);
      }
    }

    private static void writeAndRead(Tree tree, int first) {
      for (int generation = 1; generation <= 3; generation++) {
        for (int number = first; number < MANY; number += THREADS) {
          tree.set(key(number), value(number, generation));
          if (number % 97 == first) {
            tree.checkpoint();
          }
        }
        for (int number = first; number < MANY; number += THREADS) {
          assertArrayEquals(value(number, generation), tree.get(key(number)));
        }
      }
    }

    @Test
    void getAnAnswerOrAClosedTree() throws Exception {
      Tree tree = open(store);
      try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
        fill(tree, 0, MANY, 1);
        List<Future<?>> work = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
          int first = thread;
          work.add(threads.submit(() -> readUntilClosed(tree, first)));
        }
        while (tree.stats().cacheMisses() < MANY) {
          Thread.onSpinWait();
        }
        tree.close();
        for (Future<?> each : work) {
          each.get();
        }
      }
    }

    private static void readUntilClosed(Tree tree, int first) {
      try {
        for (int number = first; ; number = (number + 31) % MANY) {
          assertArrayEquals(value(number, 1), tree.get(key(number)));
          if (number % 50 == 0) {
            tree.stats();
          }
        }
      } catch (ClosedException e) {
        // as it must end
      }
    }

    @Test
    void keepTheirInterruptsToThemselves() {
      List<Boolean> seen = new ArrayList<>();
      try (Tree tree = open(store)) {
        fill(tree, 0, FEW, 1);
        store.duringCommits(() -> seen.add(Thread.currentThread().isInterrupted()));
        Thread.currentThread().interrupt();
        tree.checkpoint();
        assertTrue(Thread.interrupted());
        assertEquals(List.of(false), seen.subList(0, 1));
      }
    }
  }
}
