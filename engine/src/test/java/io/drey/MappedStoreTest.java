package io.drey;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.HookedVfs.Effect;
import io.drey.testing.Directories;
import io.drey.testing.Stores;
import io.drey.testing.Watchdog;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A store whose frames are the slots of its mapped data file. */
@Tag("both-sizes")
final class MappedStoreTest {
  private static final int RECORDS = 2_000;
  private static final int SEGMENT_BYTES = 1 << 20;

  @TempDir Path temporary = Path.of("");
  private final HookedVfs vfs = new HookedVfs(Vfs.disk());

  private Path store() {
    return temporary.resolve("store");
  }

  private Path data() {
    return store().resolve("data");
  }

  private static TreeConfig direct(Path at) {
    return Stores.config(at).withStorage(new Storage.Direct(at));
  }

  private static TreeConfig mapped(Path at) {
    return Stores.config(at).withStorage(new Storage.Mapped(at));
  }

  private Tree open(TreeConfig config) {
    return Tree.open(config, vfs, SEGMENT_BYTES);
  }

  /** Effects on the data file while {@code full} is set: what takes space is refused. */
  private void refuse(AtomicBoolean full) {
    vfs.hook((effect, file) -> {
      if (full.get() && effect == Effect.WRITE && file.endsWith("data")) {
        throw new FileSystemException("data", null, "No space left on device");
      }
    });
  }

  @Nested
  final class TheFiles {
    @Test
    void areThoseOfDirectStorageBothWays() {
      int records = 0;
      for (int life = 0; life < 6; life++) {
        TreeConfig config = life % 2 == 0 ? mapped(store()) : direct(store());
        try (Tree tree = open(config)) {
          Stores.verify(tree, records);
          Stores.fill(tree, records, records + RECORDS / 2);
          records += RECORDS / 2;
          tree.checkpoint();
          Stores.fill(tree, records, records + 100);
          records += 100;
        }
      }
      try (Tree tree = open(direct(store()))) {
        Stores.verify(tree, records);
      }
    }

    @ParameterizedTest
    @EnumSource(
        value = Durability.class,
        names = {"OS", "SYNC"})
    void areThoseOfDirectStorageAfterAKillToo(Durability durability) throws IOException {
      Path left = store();
      int some = durability == Durability.SYNC ? RECORDS / 20 : RECORDS;
      try (Tree tree = open(mapped(left).withDurability(durability))) {
        Stores.fill(tree, 0, some);
        tree.checkpoint();
        Stores.fill(tree, some, 2 * some);
        Directories.copy(left, temporary.resolve("killed-mapped"));
      }
      Path killed = temporary.resolve("killed-mapped");
      try (Tree tree = open(direct(killed).withDurability(durability))) {
        Stores.verify(tree, 2 * some);
        Stores.fill(tree, 2 * some, 3 * some);
        Directories.copy(killed, temporary.resolve("killed-direct"));
      }
      try (Tree tree = open(mapped(temporary.resolve("killed-direct")))) {
        Stores.verify(tree, 3 * some);
      }
    }

    @Test
    void areCutBehindTheLastImageWhenTheStoreIsClosed() throws IOException {
      long open;
      try (Tree tree = open(mapped(store()))) {
        Stores.fill(tree, 0, RECORDS);
        tree.checkpoint();
        open = Files.size(data());
      }
      TreeStats stats;
      try (Tree tree = open(direct(store()).withAccess(Access.READ_ONLY))) {
        stats = tree.stats();
      }
      long closed = Files.size(data());
      assertTrue(closed < open, closed + " bytes closed, " + open + " open");
      assertEquals(stats.dataBytesLive() + stats.dataBytesFree(), closed);
    }

    @Test
    void shrinkWhenRecordsWentAndTheStoreIsClosed() throws IOException {
      byte[] large = new byte[1_000];
      try (Tree tree = open(mapped(store()))) {
        Stores.fill(tree, 0, RECORDS);
        for (int i = 0; i < 8 * RECORDS; i++) {
          tree.set(Stores.key(RECORDS + i), large);
        }
      }
      long before = Files.size(data());
      try (Tree tree = open(mapped(store()))) {
        for (int i = 0; i < 8 * RECORDS; i++) {
          tree.delete(Stores.key(RECORDS + i));
        }
        tree.compact();
        tree.checkpoint();
        assertEquals(List.of(), tree.check());
      }
      long after = Files.size(data());
      assertTrue(after < before / 2, before + " bytes before, " + after + " after");
      try (Tree tree = open(mapped(store()))) {
        Stores.verify(tree, RECORDS);
      }
    }
  }

  @Nested
  final class Statistics {
    @Test
    void tellHowTheFileIsAccessedAndHowMuchIsMapped() {
      try (Tree tree = open(mapped(store()))) {
        Stores.fill(tree, 0, RECORDS);
        TreeStats stats = tree.stats();
        assertEquals(TreeStats.DataAccess.MAPPED, stats.dataAccess());
        assertEquals(Long.MAX_VALUE, stats.poolBytesLimit());
        assertTrue(stats.poolBytesUsed() >= stats.dataBytesLive(), stats::toString);
      }
    }
  }

  @Nested
  final class WritesDuringARound {
    /** They come when every image is sealed and none is named. */
    @Test
    void stayOutOfTheImagesThatItForces() throws IOException {
      Path copy = temporary.resolve("copy");
      try (Tree tree = open(mapped(store()))) {
        Stores.fill(tree, 0, RECORDS);
        AtomicInteger renamed = new AtomicInteger();
        vfs.hook((effect, file) -> {
          if (effect == Effect.FORCE && file.endsWith("data")) {
            while (renamed.get() < RECORDS / 2) {
              int i = renamed.getAndIncrement();
              tree.rename(Stores.key(i), moved(i), Existing.KEEP);
            }
          }
        });
        tree.checkpoint();
        vfs.hook((effect, file) -> {});
        assertEquals(RECORDS / 2, renamed.get());
        Directories.copy(store(), copy);
      }
      try (Tree recovered = open(mapped(copy))) {
        assertEquals(List.of(), recovered.check());
        for (int i = 0; i < RECORDS; i++) {
          assertArrayEquals(
              Stores.value(i), recovered.get(i < RECORDS / 2 ? moved(i) : Stores.key(i)));
        }
        assertEquals(RECORDS, recovered.count(new byte[0]).records());
      }
    }

    private static byte[] moved(int i) {
      return ("/moved/" + i).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }
  }

  @Nested
  final class AFullDisk {
    @Test
    void letsChangesGoOnInMemoryAndTheNextCheckpointTakesThem() {
      AtomicBoolean full = new AtomicBoolean();
      refuse(full);
      try (Tree tree = open(mapped(store()))) {
        Stores.fill(tree, 0, RECORDS);
        tree.checkpoint();
        full.set(true);
        int stored = RECORDS;
        while (stored < 4 * RECORDS && set(tree, stored)) {
          stored++;
        }
        assertTrue(stored > RECORDS, "not a single change was possible");
        Stores.verify(tree, stored);
        full.set(false);
        tree.checkpoint();
        Stores.fill(tree, stored, stored + RECORDS);
        Stores.verify(tree, stored + RECORDS);
        tree.checkpoint();
      }
    }

    @Test
    void refusesTheCheckpointAndChangesBeyondTheMemoryWithTypedErrors() {
      AtomicBoolean full = new AtomicBoolean();
      refuse(full);
      byte[] large = new byte[Limits.BYTES_MAX];
      int stored = 0;
      try (Tree tree = open(mapped(store()))) {
        Stores.fill(tree, 0, 100);
        tree.checkpoint();
        full.set(true);
        StorageException refusal = null;
        while (refusal == null) {
          try {
            tree.set(Stores.key(1_000 + stored), large);
            stored++;
          } catch (StorageException e) {
            refusal = e;
          }
        }
        assertTrue(
            String.valueOf(refusal.getMessage()).contains("No space left"), refusal::toString);
        assertTrue(tree.stats().poolBytesUsed() > 0);
        assertThrows(StorageException.class, tree::checkpoint);
        assertEquals(100 + stored, tree.count(new byte[0]).records());
        assertEquals(List.of(), tree.check());
        full.set(false);
        tree.checkpoint();
        assertEquals(List.of(), tree.check());
      }
      try (Tree tree = open(mapped(store()))) {
        assertEquals(100 + stored, tree.count(new byte[0]).records());
      }
    }

    /** Of few records the file is shorter than the guard that it has no room for. */
    @ParameterizedTest
    @ValueSource(ints = {10, RECORDS})
    void opensAStoreThatCanBeReadAndChanged(int records) {
      AtomicBoolean full = new AtomicBoolean();
      refuse(full);
      try (Tree tree = open(direct(store()))) {
        Stores.fill(tree, 0, records);
        tree.checkpoint();
      }
      full.set(true);
      try (Tree tree = open(mapped(store()))) {
        Stores.verifyContents(tree, records);
        tree.delete(Stores.key(records - 1));
        full.set(false);
        tree.delete(Stores.key(records - 2));
        tree.checkpoint();
        Stores.verify(tree, records - 2);
      }
      try (Tree tree = open(direct(store()))) {
        Stores.verify(tree, records - 2);
      }
    }

    private static boolean set(Tree tree, int number) {
      try {
        tree.set(Stores.key(number), Stores.value(number));
        return true;
      } catch (StorageException e) {
        return false;
      }
    }
  }

  @Nested
  final class ReadingAlone {
    @Test
    void changesNoByteAndSeesTheJournal() throws IOException {
      Path copy = temporary.resolve("copy");
      try (Tree tree = open(direct(store()))) {
        Stores.fill(tree, 0, RECORDS);
        tree.checkpoint();
        Stores.fill(tree, RECORDS, 2 * RECORDS);
        Directories.copy(store(), copy);
      }
      List<byte[]> before = contents(copy);
      try (Tree tree = open(mapped(copy).withAccess(Access.READ_ONLY))) {
        Stores.verify(tree, 2 * RECORDS);
        assertEquals(TreeStats.DataAccess.MAPPED, tree.stats().dataAccess());
        assertThrows(ReadOnlyException.class, () -> tree.delete(Stores.key(0)));
      }
      List<byte[]> after = contents(copy);
      assertEquals(before.size(), after.size());
      for (int i = 0; i < before.size(); i++) {
        assertTrue(Arrays.equals(before.get(i), after.get(i)), "file " + i + " has changed");
      }
    }

    private static List<byte[]> contents(Path directory) throws IOException {
      List<byte[]> contents = new ArrayList<>();
      try (var files = Files.list(directory)) {
        for (Path file : files.sorted().toList()) {
          contents.add(Files.readAllBytes(file));
        }
      }
      return contents;
    }
  }

  @Nested
  final class AClose {
    @Test
    void endsReadsAndWritesOfOtherThreadsInATypedError() {
      for (int round = 0; round < 5; round++) {
        Path at = temporary.resolve("round-" + round);
        Watchdog.within(Duration.ofSeconds(60), () -> closeUnder(open(mapped(at))));
      }
    }

    private static void closeUnder(Tree tree) throws Exception {
      Stores.fill(tree, 0, RECORDS);
      AtomicInteger calls = new AtomicInteger();
      List<Throwable> ends = java.util.Collections.synchronizedList(new ArrayList<>());
      List<Thread> threads = new ArrayList<>();
      for (int n = 0; n < 4; n++) {
        boolean writes = n % 2 == 0;
        threads.add(
            Thread.ofPlatform()
                .start(() -> {
                  try {
                    for (int i = 0; ; i = (i + 7) % RECORDS) {
                      if (writes) {
                        tree.set(Stores.key(i), Stores.value(i));
                      } else {
                        tree.get(Stores.key(i));
                        tree.scan(Stores.key(i)).limit(3).stream().count();
                      }
                      calls.incrementAndGet();
                    }
                  } catch (Throwable e) {
                    ends.add(e);
                  }
                }));
      }
      while (calls.get() < 2_000) {
        Thread.onSpinWait();
      }
      tree.close();
      for (Thread thread : threads) {
        thread.join();
      }
      assertEquals(4, ends.size());
      for (Throwable end : ends) {
        assertTrue(end instanceof ClosedException, end::toString);
      }
    }
  }

  @Nested
  final class ASnapshot {
    @Test
    void keepsItsImagesThroughCheckpointsAndTheirSlotsGoFree() throws IOException {
      try (Tree tree = open(mapped(store()))) {
        Stores.fill(tree, 0, RECORDS);
        tree.checkpoint();
        try (Snapshot snapshot = tree.snapshot()) {
          for (int round = 0; round < 3; round++) {
            for (int i = 0; i < RECORDS; i++) {
              tree.set(
                  Stores.key(i),
                  ("round " + round).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            }
            tree.checkpoint();
            for (int i = 0; i < RECORDS; i += 17) {
              assertArrayEquals(Stores.value(i), snapshot.get(Stores.key(i)));
            }
          }
        }
        tree.set(Stores.key(0), new byte[1]);
        tree.checkpoint();
        assertEquals(List.of(), tree.check());
        TreeStats stats = tree.stats();
        long live = stats.blobs().size() * (long) Limits.FRAME_BYTES;
        assertEquals(live, stats.dataBytesLive(), "slots are left over");
      }
    }
  }
}
