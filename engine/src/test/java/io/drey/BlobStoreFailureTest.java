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
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.testing.MemoryBlobStore;
import java.io.IOError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tree in a user's store that throws, or gives back other bytes than it was given. */
@Tag("both-sizes")
final class BlobStoreFailureTest {
  private static final int FEW = 50;

  private final RuntimeException full = new UncheckedIOException(new IOException("full"));
  private final Error unknown = new IOError(new IOException("no answer"));

  private MemoryBlobStore store = new MemoryBlobStore();

  @AfterEach
  void theTreeKeptItsPartOfTheContract() {
    store.checkContract();
  }

  private void filled(int to) {
    try (Tree tree = open(store)) {
      fill(tree, 0, to, 1);
    }
    store.checkContract();
    store = store.afterPowerLoss();
  }

  @Nested
  final class ACommitThatThrows {
    @Test
    void failsTheCheckpointWhichCanBeRepeated() {
      try (Tree tree = open(store)) {
        fill(tree, 0, FEW, 1);
        tree.checkpoint();
        fill(tree, 0, FEW, 2);
        store.failCommits(() -> full);
        for (int attempt = 0; attempt < 3; attempt++) {
          StorageException e = assertThrows(StorageException.class, tree::checkpoint);
          assertSame(full, e.getCause());
        }
        verify(tree, FEW, 2);
        try (Tree survivor = open(store.afterPowerLoss())) {
          verify(survivor, FEW, 1);
        }
        fill(tree, 0, 10, 3);
        fill(tree, 0, 10, 2);
        store.failCommits(() -> null);
        tree.checkpoint();
        verifyNothingLeaks(tree, store);
        try (Tree survivor = open(store.afterPowerLoss())) {
          verify(survivor, FEW, 2);
        }
      }
    }

    @Test
    void refusesWritesThatNeedRoomAndNoReads() {
      filled(MANY);
      try (Tree tree = open(store)) {
        store.failCommits(() -> full);
        StorageException refused =
            assertThrows(StorageException.class, () -> fill(tree, 0, MANY, 2));
        assertSame(full, refused.getCause());
        TreeMap<byte[], byte[]> before = contents(tree);
        assertEquals(MANY, before.size());
        store.failCommits(() -> null);
        fill(tree, 0, MANY, 2);
        tree.checkpoint();
        verify(tree, MANY, 2);
        verifyNothingLeaks(tree, store);
      }
    }

    @Test
    void atCloseSaysSoAndClosesTheStore() {
      Tree tree = open(store);
      fill(tree, 0, FEW, 1);
      store.failCommits(() -> full);
      StorageException e = assertThrows(StorageException.class, tree::close);
      assertSame(full, e.getCause());
      assertTrue(store.isClosed());
      tree.close();
    }

    @Test
    void atOpeningLeavesTheStoreToItsOwner() {
      store.failCommits(() -> full);
      StorageException e = assertThrows(StorageException.class, () -> open(store));
      assertSame(full, e.getCause());
      assertFalse(store.isClosed());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void losesAndLeaksNothingHoweverOftenItHappens(long seed) {
      Random random = new Random(seed);
      TreeMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
      TreeMap<byte[], byte[]> durable = new TreeMap<>(Arrays::compareUnsigned);
      for (int life = 0; life < 3; life++) {
        Tree tree = open(store);
        verify(tree, model);
        store.failCommits(() -> random.nextInt(3) > 0 ? full : null);
        for (int step = 0; step < 2_500; step++) {
          durable = step(tree, random, model, durable);
        }
        store.failCommits(() -> null);
        verify(tree, model);
        if (life == 1) {
          tree.checkpoint();
          verifyNothingLeaks(tree, store);
          durable.clear();
          durable.putAll(model);
        }
        MemoryBlobStore left = store.afterPowerLoss();
        tree.close();
        store.checkContract();
        store = left;
        model.clear();
        model.putAll(durable);
      }
    }

    /** One change or checkpoint, refused or not; returns what is durable after it. */
    private TreeMap<byte[], byte[]> step(
        Tree tree, Random random, TreeMap<byte[], byte[]> model, TreeMap<byte[], byte[]> durable) {
      int number = random.nextInt(MANY);
      try {
        switch (random.nextInt(60)) {
          case 0 -> {
            tree.checkpoint();
            return new TreeMap<>(model);
          }
          case 1, 2, 3, 4 -> {
            tree.delete(key(number));
            model.remove(key(number));
          }
          default -> {
            byte[] value = value(number, random.nextInt(100));
            tree.set(key(number), value);
            model.put(key(number), value);
          }
        }
      } catch (StorageException e) {
        assertSame(full, e.getCause());
      }
      return durable;
    }
  }

  @Nested
  final class AReadThatThrows {
    @Test
    void reachesTheCallerAndHarmsNothing() {
      filled(MANY);
      IllegalStateException away = new IllegalStateException("away");
      try (Tree tree = open(store)) {
        store.failReads(() -> away);
        StorageException e = assertThrows(StorageException.class, () -> tree.get(key(1)));
        assertSame(away, e.getCause());
        assertThrows(StorageException.class, () -> tree.set(key(1), value(1, 2)));
        assertThrows(StorageException.class, () -> tree.scan().visit((b, k, l, v, n, x) -> null));
        store.failReads(() -> null);
        verify(tree, MANY, 1);
      }
    }
  }

  @Nested
  final class AnError {
    @Test
    void inACommitEndsAllWriting() {
      filled(FEW);
      Tree tree = open(store);
      fill(tree, 0, FEW, 2);
      store.failCommits(() -> unknown);
      StoreFailedException e = assertThrows(StoreFailedException.class, tree::checkpoint);
      assertSame(unknown, e.getCause());
      store.failCommits(() -> null);
      int commits = store.commitSizes().size();
      assertThrows(StoreFailedException.class, () -> tree.put(key(1), value(1, 3)));
      assertThrows(StoreFailedException.class, tree::checkpoint);
      assertArrayEquals(value(1, 2), tree.get(key(1)), "reads go on");
      assertThrows(StoreFailedException.class, tree::close);
      assertEquals(commits, store.commitSizes().size(), "nothing more is committed");
      assertTrue(store.isClosed());
    }

    @Test
    void inACommitBetweenCheckpointsDoesSoToo() {
      Tree tree = open(store);
      fill(tree, 0, MANY, 1);
      store.failCommits(() -> unknown);
      assertThrows(StoreFailedException.class, () -> fill(tree, 0, MANY, 2));
      store.failCommits(() -> null);
      int commits = store.commitSizes().size();
      assertNotNull(tree.get(key(0)));
      for (int turn = 0; turn < 3; turn++) {
        contents(tree);
      }
      assertThrows(StoreFailedException.class, tree::close);
      assertEquals(commits, store.commitSizes().size());
    }

    @Test
    void inAReadDoesSoToo() {
      filled(MANY);
      Tree tree = open(store);
      store.failReads(() -> unknown);
      StoreFailedException e = assertThrows(StoreFailedException.class, () -> tree.get(key(1)));
      assertSame(unknown, e.getCause());
      store.failReads(() -> null);
      assertThrows(StoreFailedException.class, () -> tree.put(key(1), value(1, 2)));
      assertArrayEquals(value(1, 1), tree.get(key(1)));
      assertThrows(StoreFailedException.class, tree::close);
    }
  }

  @Nested
  final class ARootThatIsDamaged {
    @Test
    void isToldApartFromANewStoreAtEveryByteAndLength() {
      filled(20);
      byte[] root = store.rootBytes().clone();
      for (int at = 0; at < root.length; at++) {
        byte[] damaged = root.clone();
        damaged[at] ^= 1;
        refuse(damaged);
      }
      for (int length = 0; length < root.length; length++) {
        refuse(Arrays.copyOf(root, length));
      }
      refuse(Arrays.copyOf(root, root.length + 8));
      assertEquals(List.of(), store.commitSizes(), "nothing was committed");
    }

    private void refuse(byte[] root) {
      MemoryBlobStore damaged = store.afterPowerLoss();
      damaged.rootBytes(root);
      assertThrows(CorruptionException.class, () -> open(damaged));
      assertFalse(damaged.isClosed());
    }
  }

  @Nested
  final class AFrameThatIsDamaged {
    @Test
    void isFoundOutWhenItIsRead() {
      filled(MANY);
      for (long id : store.ids()) {
        store.frameBytes(id)[Tree.pageSize() - 1] ^= 1;
      }
      try (Tree tree = readOnly(store)) {
        CorruptionException e = assertThrows(CorruptionException.class, () -> tree.get(key(1)));
        assertEquals(Check.FRAME_CHECKSUM, e.check());
        assertTrue(e.blob() > 0, e::toString);
      }
    }

    @Test
    void isToldByCheckEachOnce() {
      filled(MANY);
      store.frameBytes(store.ids().last())[0] ^= 1;
      try (Tree tree = open(store)) {
        assertEquals(1, tree.check().stream().distinct().count(), () -> tree.check().toString());
      }
    }

    @Test
    void isFoundOutWhenItIsAnother() {
      filled(MANY);
      byte[] first = store.frameBytes(store.ids().first());
      for (long id : store.ids()) {
        System.arraycopy(first, 0, store.frameBytes(id), 0, first.length);
      }
      try (Tree tree = readOnly(store)) {
        CorruptionException e = assertThrows(CorruptionException.class, () -> contents(tree));
        assertEquals(Check.FRAME_IDENTITY, e.check());
      }
    }
  }

  private static TreeMap<byte[], byte[]> contents(Tree tree) {
    TreeMap<byte[], byte[]> contents = new TreeMap<>(Arrays::compareUnsigned);
    for (RangeEntry entry : tree.scan()) {
      if (entry instanceof RangeEntry.Key record) {
        contents.put(record.key(), record.value());
      }
    }
    return contents;
  }
}
