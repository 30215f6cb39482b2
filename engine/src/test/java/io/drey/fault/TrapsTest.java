package io.drey.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.Access;
import io.drey.CheckpointPolicy;
import io.drey.Existing;
import io.drey.RangeEntry;
import io.drey.Tree;
import io.drey.TreeConfig;
import io.drey.TreeStats;
import io.drey.testing.Directories;
import io.drey.testing.Stores;
import io.drey.testing.Watchdog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traps that engines of this kind have fallen into, and no other test looks for. */
@Tag("both-sizes")
@Tag("mapped-too")
class TrapsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int RECORDS = 1_500;

  @TempDir Path ground;

  private Path store() {
    return ground.resolve("store");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @Nested
  class AReplay {
    @Test
    void isWrittenDownByTheNextCheckpoint() throws IOException {
      Path copy = ground.resolve("copy");
      Path again = ground.resolve("again");
      try (Tree tree = Tree.open(Stores.config(store()))) {
        Stores.fill(tree, 0, RECORDS);
        Directories.copy(store(), copy);
      }
      try (Tree tree = Tree.open(Stores.config(copy))) {
        tree.checkpoint();
        Directories.copy(copy, again);
      }
      try (Tree tree = Tree.open(Stores.config(again))) {
        Stores.verify(tree, RECORDS);
      }
    }

    @Test
    void isDoneInMemoryByAReaderThatLeavesEveryByteAsItWas() throws IOException {
      Path copy = ground.resolve("copy");
      try (Tree tree = Tree.open(Stores.config(store()))) {
        Stores.fill(tree, 0, RECORDS / 2);
        tree.checkpoint();
        Stores.fill(tree, RECORDS / 2, RECORDS);
        Directories.copy(store(), copy);
      }
      Map<String, byte[]> before = contents(copy);
      for (int open = 0; open < 3; open++) {
        try (Tree tree = Tree.open(Stores.config(copy).withAccess(Access.READ_ONLY))) {
          Stores.verify(tree, RECORDS);
        }
      }
      Map<String, byte[]> after = contents(copy);
      assertEquals(before.keySet(), after.keySet());
      before.forEach((name, content) -> assertArrayEquals(content, after.get(name), name));
    }

    private static Map<String, byte[]> contents(Path directory) throws IOException {
      Map<String, byte[]> contents = new TreeMap<>();
      for (Path file : Directories.files(directory)) {
        contents.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
      return contents;
    }
  }

  @Nested
  class ASplit {
    @Test
    void writesNoImageBeforeItsCheckpoint() throws IOException {
      TreeConfig roomy = Stores.config(store()).withPoolBytes(64 * TreeConfig.minimumPoolBytes());
      try (Tree tree = Tree.open(roomy)) {
        Stores.fill(tree, 0, 4 * RECORDS);
        assertEquals(0, tree.stats().blobsWritten());
        if (Stores.evicts()) {
          assertEquals(0, Files.size(store().resolve("data")));
        }
        tree.checkpoint();
        assertEquals(tree.stats().blobs().size(), tree.stats().blobsWritten());
      }
    }
  }

  @Nested
  class DeletedAndMovedRecords {
    @Test
    void hideNothingFromAScan() {
      try (Tree tree = Tree.open(Stores.memory())) {
        tree.set(bytes("k"), bytes("1"));
        tree.set(bytes("kk"), bytes("2"));
        tree.delete(bytes("k"));
        assertEquals(List.of("kk"), keys(tree));
        tree.rename(bytes("kk"), bytes("k"), Existing.KEEP);
        assertEquals(List.of("k"), keys(tree));
        assertNull(tree.get(bytes("kk")));
        tree.set(bytes(""), bytes("3"));
        assertEquals(List.of("", "k"), keys(tree));
        tree.delete(bytes("k"));
        tree.delete(bytes(""));
        assertEquals(List.of(), keys(tree));
        tree.set(bytes("k"), bytes("4"));
        assertEquals(List.of("k"), keys(tree));
      }
    }

    private static List<String> keys(Tree tree) {
      List<String> keys = new ArrayList<>();
      for (RangeEntry entry : tree.scan()) {
        keys.add(new String(((RangeEntry.Key) entry).key(), UTF_8));
      }
      return keys;
    }
  }

  @Nested
  class OverwritingTheSameKeys {
    @Test
    void splitsNothing() {
      try (Tree tree = Tree.open(Stores.memory())) {
        byte[] value = new byte[1_000];
        for (int i = 0; i < 20_000; i++) {
          tree.set(Stores.key(i % 3), Arrays.copyOf(value, 500 + i % 500));
        }
        assertEquals(1, tree.stats().blobs().size());
        assertEquals(List.of(), tree.check());
      }
    }
  }

  @Nested
  class ManyLives {
    @Test
    void makeNoTwoBlobsOfOneName() {
      SplittableRandom random = new SplittableRandom(7);
      for (int life = 0; life < 8; life++) {
        try (Tree tree = Tree.open(Stores.config(store()))) {
          for (int i = 0; i < 400; i++) {
            int record = random.nextInt(RECORDS);
            if (random.nextInt(3) == 0) {
              tree.delete(Stores.key(record));
            } else {
              tree.set(Stores.key(record), new byte[random.nextInt(1_000)]);
            }
          }
          tree.compact();
          assertEquals(List.of(), tree.check(), "life " + life);
        }
      }
    }
  }

  @Nested
  class ReadingTheStatistics {
    @Test
    void changesNeitherThemNorThePool() {
      try (Tree tree = Tree.open(Stores.config(store()))) {
        Stores.fill(tree, 0, RECORDS);
        tree.checkpoint();
        TreeStats first = tree.stats();
        TreeStats second = tree.stats();
        assertEquals(first, second);
      }
    }
  }

  /** A pool of the smallest size, so that blobs come and go while they are used. */
  @Nested
  class WritersAndMaintenanceAtOnce {
    private static final int WRITERS = 3;
    private static final int ROUNDS = 400;

    private final AtomicInteger running = new AtomicInteger(WRITERS);

    private TreeConfig config() {
      return Stores.config(store())
          .withCheckpoint(new CheckpointPolicy(true, Duration.ofSeconds(1), 64 << 10, 0.2));
    }

    @Test
    void refuseNoWriteAndLoseNone() {
      try (Tree tree = Tree.open(config())) {
        Watchdog watchdog = Watchdog.patientFor(PATIENCE);
        for (int writer = 0; writer < WRITERS; writer++) {
          int mine = writer;
          watchdog.start("writer-" + mine, () -> churn(tree, mine));
        }
        watchdog.start("compactor", () -> whileTheyRun(tree::compact));
        watchdog.start("checkpoints", () -> whileTheyRun(tree::checkpoint));
        watchdog.join();
        for (int writer = 0; writer < WRITERS; writer++) {
          for (int i = 0; i < ROUNDS; i++) {
            byte[] expected = i % 4 == 3 ? null : value(writer, i);
            assertArrayEquals(expected, tree.get(key(writer, i)), writer + "/" + i);
          }
        }
        assertEquals(List.of(), tree.check());
      }
    }

    private void churn(Tree tree, int writer) {
      try {
        for (int i = 0; i < ROUNDS; i++) {
          tree.set(key(writer, i), value(writer, i));
          if (i % 4 == 3) {
            tree.delete(key(writer, i));
          }
        }
      } finally {
        running.decrementAndGet();
      }
    }

    private void whileTheyRun(Runnable work) {
      while (running.get() > 0) {
        work.run();
      }
    }

    private static byte[] key(int writer, int i) {
      return bytes("/writer-%d/%05d".formatted(writer, i));
    }

    private static byte[] value(int writer, int i) {
      return Arrays.copyOf(bytes(writer + " wrote " + i), 20 + i % 900);
    }

    @Test
    void showAScanEveryRecordThatStays() {
      try (Tree tree = Tree.open(config())) {
        for (int i = 0; i < RECORDS; i += 2) {
          tree.set(Stores.key(i), new byte[100]);
        }
        running.set(1);
        Watchdog.patientFor(PATIENCE)
            .start("writer", () -> comeAndGo(tree))
            .start("compactor", () -> whileTheyRun(tree::compact))
            .start("scans", () -> whileTheyRun(() -> assertEvenRecords(tree)))
            .start("reads", () -> whileTheyRun(() -> assertNeverAbsent(tree)))
            .join();
      }
    }

    private void comeAndGo(Tree tree) {
      try {
        for (int pass = 0; pass < 2; pass++) {
          for (int i = 1; i < RECORDS; i += 2) {
            tree.set(Stores.key(i), new byte[400]);
          }
          for (int i = 1; i < RECORDS; i += 2) {
            tree.delete(Stores.key(i));
          }
        }
      } finally {
        running.decrementAndGet();
      }
    }

    private static void assertEvenRecords(Tree tree) {
      int even = 0;
      for (RangeEntry entry : tree.scan()) {
        even += ((RangeEntry.Key) entry).value().length == 100 ? 1 : 0;
      }
      assertEquals(RECORDS / 2, even);
    }

    private static void assertNeverAbsent(Tree tree) {
      for (int i = 0; i < RECORDS; i += 2) {
        assertTrue(tree.contains(Stores.key(i)), "record " + i);
      }
    }
  }

  @Nested
  class TwoBatchesAtOnce {
    private static final int TRANSFERS = 2_000;

    /** Each batch moves the one token to the other place, guarded by its absence there. */
    @Test
    void neverBothPassTheSameGuard() {
      try (Tree tree = Tree.open(Stores.memory())) {
        tree.set(bytes("left"), bytes("token"));
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger moved = new AtomicInteger();
        Watchdog watchdog = Watchdog.patientFor(PATIENCE);
        for (int thread = 0; thread < 3; thread++) {
          watchdog.start("mover-" + thread, () -> move(tree, moved, over));
        }
        watchdog.start(
            "reader",
            () -> {
              while (!over.get()) {
                assertEquals(1, tree.count(bytes("")).records());
              }
            });
        watchdog.join();
        assertTrue(moved.get() >= TRANSFERS, moved + " moved");
      }
    }

    private static void move(Tree tree, AtomicInteger moved, AtomicBoolean over) {
      while (moved.get() < TRANSFERS) {
        for (String[] way : new String[][] {{"left", "right"}, {"right", "left"}}) {
          boolean done =
              tree.contains(bytes(way[0]))
                  && tree.atomic(batch ->
                      batch
                          .requireAbsent(bytes(way[1]))
                          .delete(bytes(way[0]))
                          .put(bytes(way[1]), bytes("token")));
          moved.addAndGet(done ? 1 : 0);
        }
      }
      over.set(true);
    }
  }
}
