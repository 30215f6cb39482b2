package io.drey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.HookedVfs.Effect;
import io.drey.engine.checkpoint.Checkpointer;
import io.drey.engine.checkpoint.RoundReason;
import io.drey.engine.mutation.Applier;
import io.drey.engine.mutation.Catalogue;
import io.drey.engine.pool.WriteSet;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints of a store on disk, watched and disturbed through its file system. */
@Tag("both-sizes")
final class CheckpointTest {
  private static final int RECORDS = 2_000;
  private static final int SEGMENT_BYTES = 1 << 20;

  @TempDir Path temporary = Path.of("");
  private final HookedVfs vfs = new HookedVfs(Vfs.disk());
  private Path directory = Path.of("");

  @BeforeEach
  void name() {
    directory = temporary.resolve("store");
  }

  private Tree open(Path at) {
    return Tree.open(
        TreeConfig.at(at)
            .withCheckpoint(CheckpointPolicy.onRequest())
            .withPoolBytes(16 * TreeConfig.minimumPoolBytes()),
        vfs,
        SEGMENT_BYTES);
  }

  private static byte[] key(int i) {
    return "/dir-%02d/file-%05d".formatted(i % 16, i).getBytes(UTF_8);
  }

  private static byte[] value(int i) {
    return "value of %d".formatted(i).getBytes(UTF_8);
  }

  private static void fill(Tree tree) {
    for (int i = 0; i < RECORDS; i++) {
      tree.set(key(i), value(i));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectory(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  @Nested
  final class WritesDuringARound {
    /** A replay over an image that already held a rename would not find the source. */
    @Test
    void stayOutOfTheImagesItWrites() throws IOException {
      Path copy = temporary.resolve("copy");
      try (Tree tree = open(directory)) {
        fill(tree);
        AtomicInteger renamed = new AtomicInteger();
        vfs.hook((effect, file) -> {
          if (effect == Effect.WRITE && file.endsWith("data") && renamed.get() < RECORDS) {
            for (int n = 0; n < 20 && renamed.get() < RECORDS; n++) {
              int i = renamed.getAndIncrement();
              byte[] moved = ("/moved/" + i).getBytes(UTF_8);
              tree.rename(key(i), moved, Existing.KEEP);
            }
          }
        });
        tree.checkpoint();
        vfs.hook((effect, file) -> {});
        assertTrue(renamed.get() > 0, "no write of the round was seen");
        copy(directory, copy);
        try (Tree recovered = open(copy)) {
          assertEquals(List.of(), recovered.check());
          for (int i = 0; i < RECORDS; i++) {
            boolean moved = i < renamed.get();
            byte[] at = moved ? ("/moved/" + i).getBytes(UTF_8) : key(i);
            assertArrayEquals(value(i), recovered.get(at));
            if (moved) {
              assertNull(recovered.get(key(i)));
            }
          }
        }
      }
    }
  }

  @Nested
  final class AFullDisk {
    private final FileSystemException full =
        new FileSystemException("data", null, "No space left on device");

    @Test
    void failsTheRoundAndLosesNothing() {
      try (Tree tree = open(directory)) {
        fill(tree);
        vfs.hook((effect, file) -> {
          if (effect == Effect.WRITE && file.endsWith("data")) {
            throw full;
          }
        });
        StorageException failure = assertThrows(StorageException.class, tree::checkpoint);
        assertTrue(String.valueOf(failure.getMessage()).contains("No space left"));
        tree.set(key(RECORDS), value(RECORDS));
        vfs.hook((effect, file) -> {});
        tree.checkpoint();
        assertEquals(List.of(), tree.check());
      }
      try (Tree tree = open(directory)) {
        assertEquals(RECORDS + 1, tree.count(new byte[0]).records());
        assertEquals(List.of(), tree.check());
      }
    }

    /** The tries that failed have parted the journal already, at a moment that has passed. */
    @Test
    void leavesNoSegmentForEachTryAndARecoveryFromTheOneThatSucceeded() throws IOException {
      Path copy = temporary.resolve("copy");
      try (Tree tree = open(directory)) {
        fill(tree);
        failWritesOf("data");
        assertThrows(StorageException.class, tree::checkpoint);
        tree.rename(key(0), key(RECORDS), Existing.KEEP);
        assertThrows(StorageException.class, tree::checkpoint);
        long before = files("journal-");
        for (int again = 0; again < 5; again++) {
          assertThrows(StorageException.class, tree::checkpoint);
        }
        assertTrue(files("journal-") <= before, "a segment for each try");
        vfs.hook((effect, file) -> {});
        tree.checkpoint();
        tree.rename(key(1), key(RECORDS + 1), Existing.KEEP);
        copy(directory, copy);
      }
      try (Tree recovered = open(copy)) {
        assertEquals(List.of(), recovered.check());
        assertEquals(RECORDS, recovered.count(new byte[0]).records());
        assertArrayEquals(value(0), recovered.get(key(RECORDS)));
        assertArrayEquals(value(1), recovered.get(key(RECORDS + 1)));
      }
    }

    private void failWritesOf(String name) {
      vfs.hook((effect, file) -> {
        if (effect == Effect.WRITE && file.endsWith(name)) {
          throw full;
        }
      });
    }

    private long files(String prefix) throws IOException {
      try (Stream<Path> files = Files.list(directory)) {
        return files.filter(f -> f.getFileName().toString().startsWith(prefix)).count();
      }
    }

    @Test
    void leavesACloseThatTheJournalMakesGood() {
      Tree tree = open(directory);
      fill(tree);
      vfs.hook((effect, file) -> {
        if (effect == Effect.WRITE && file.endsWith("data")) {
          throw full;
        }
      });
      tree.close();
      vfs.hook((effect, file) -> {});
      try (Tree again = open(directory)) {
        assertEquals(RECORDS, again.count(new byte[0]).records());
      }
    }

    @Test
    void inTheManifestLetsTheNextRoundRepeatTheCommit() {
      try (Tree tree = open(directory)) {
        fill(tree);
        vfs.hook((effect, file) -> {
          if (effect == Effect.WRITE && file.toString().contains("manifest-")) {
            throw full;
          }
        });
        assertThrows(StorageException.class, tree::checkpoint);
        for (int i = 0; i < RECORDS; i += 2) {
          tree.delete(key(i));
        }
        vfs.hook((effect, file) -> {});
        tree.checkpoint();
        tree.checkpoint();
        assertEquals(List.of(), tree.check());
      }
      try (Tree tree = open(directory)) {
        assertEquals(RECORDS / 2, tree.count(new byte[0]).records());
        assertEquals(List.of(), tree.check());
      }
    }
  }

  @Nested
  final class AFailedForce {
    @Test
    void ofTheDataFileEndsAllWritingUntilTheNextOpen() {
      Tree tree = open(directory);
      fill(tree);
      vfs.hook((effect, file) -> {
        if (effect == Effect.FORCE && file.endsWith("data")) {
          throw new FileSystemException("data", null, "Input/output error");
        }
      });
      assertThrows(StoreFailedException.class, tree::checkpoint);
      vfs.hook((effect, file) -> {});
      assertThrows(StoreFailedException.class, () -> tree.set(key(0), value(1)));
      assertThrows(StoreFailedException.class, tree::checkpoint);
      assertArrayEquals(value(0), tree.get(key(0)));
      assertThrows(StoreFailedException.class, tree::close);
      tree.close();
      try (Tree again = open(directory)) {
        assertEquals(RECORDS, again.count(new byte[0]).records());
        assertEquals(List.of(), again.check());
        again.set(key(0), value(1));
      }
    }

    @Test
    @Timeout(60)
    void keepsARoundThatWaitedForTheFailedOneFromNamingWhatItWrote() throws Exception {
      Tree tree = open(directory);
      fill(tree);
      AtomicInteger forces = new AtomicInteger();
      FutureTask<StoreFailedException> waiting =
          new FutureTask<>(() -> assertThrows(StoreFailedException.class, tree::checkpoint));
      vfs.hook((effect, file) -> {
        if (effect == Effect.FORCE && file.endsWith("data") && forces.incrementAndGet() == 1) {
          Thread second = Thread.ofPlatform().start(waiting);
          while (second.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
          }
          throw new FileSystemException("data", null, "Input/output error");
        }
      });
      assertThrows(StoreFailedException.class, tree::checkpoint);
      waiting.get();
      assertEquals(1, forces.get());
      assertEquals(0, tree.stats().checkpointRoundsSucceeded());
      assertThrows(StoreFailedException.class, tree::close);
    }

    /** As a change that fails half-way does, inside the gate, when the round is on its way. */
    @Test
    @Timeout(60)
    void insideTheGateKeepsARoundThatWaitsForItFromCapturing() throws Exception {
      OpenStore store = changed();
      Checkpointer rounds = Objects.requireNonNull(store.checkpointer);
      FutureTask<IOException> waiting = failing(rounds);
      long stamp = store.gate.enter();
      Thread round = Thread.ofPlatform().start(waiting);
      while (round.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      store.health.fail(new AssertionError("half of a change"));
      store.gate.leave(stamp);
      assertInstanceOf(AssertionError.class, waiting.get().getCause());
      assertEquals(0, rounds.succeeded());
      assertThrows(StoreFailedException.class, () -> Stores.close(store));
      try (Tree again = open(directory)) {
        assertArrayEquals(value(0), again.get(key(0)));
      }
    }
  }

  private static byte[] physical(int number) {
    return TreeKeys.physical(Catalogue.DEFAULT_TREE, key(number));
  }

  /** A store with one record, which no checkpoint has. */
  private OpenStore changed() throws IOException {
    OpenStore store =
        Stores.open(
            TreeConfig.at(directory).withCheckpoint(CheckpointPolicy.onRequest()),
            vfs,
            SEGMENT_BYTES);
    new Writes(store).run(KeyChange.put(physical(0), value(0), KeyChange.Previous.IGNORED));
    return store;
  }

  private static FutureTask<IOException> failing(Checkpointer rounds) {
    return new FutureTask<>(
        () -> assertThrows(IOException.class, () -> rounds.checkpoint(RoundReason.CALL)));
  }

  /** As a change that reserved before the moment and fails half-way, when its blob's turn comes. */
  @Test
  @Timeout(60)
  void namesNothingThatAChangeLeftHalfDone() throws Exception {
    OpenStore store = changed();
    Checkpointer rounds = Objects.requireNonNull(store.checkpointer);
    FutureTask<IOException> waiting = failing(rounds);
    byte[] key = physical(0);
    WriteSet writes = new WriteSet(store.pool);
    Applier applier = new Applier(writes);
    long stamp = store.gate.enterShared();
    long epoch = writes.begin();
    assertEquals(0, applier.walk(key));
    assertTrue(applier.hold());
    Thread round = Thread.ofPlatform().start(waiting);
    while (store.pool.epoch() == epoch || round.getState() == Thread.State.RUNNABLE) {
      Thread.onSpinWait();
    }
    store.health.fail(new AssertionError("half of a change"));
    writes.release();
    store.gate.leaveShared(stamp);
    assertInstanceOf(AssertionError.class, waiting.get().getCause());
    assertEquals(0, rounds.succeeded());
    assertThrows(StoreFailedException.class, () -> Stores.close(store));
  }

  @Nested
  final class FileSpace {
    @Test
    void isGivenBackWhenRecordsWent() throws IOException {
      try (Tree tree = open(directory)) {
        fill(tree);
        byte[] large = new byte[1_000];
        for (int i = 0; i < 8 * RECORDS; i++) {
          tree.set(("/large/" + i).getBytes(UTF_8), large);
        }
        tree.checkpoint();
        long before = Files.size(directory.resolve("data"));
        for (int i = 0; i < 8 * RECORDS; i++) {
          tree.delete(("/large/" + i).getBytes(UTF_8));
        }
        tree.compact();
        tree.checkpoint();
        long after = Files.size(directory.resolve("data"));
        assertTrue(after < before / 2, before + " bytes before, " + after + " after");
        assertEquals(List.of(), tree.check());
      }
    }
  }

  @Nested
  final class SequenceNumbers {
    @Test
    void areNeverGivenOutTwice() {
      long highest;
      try (Tree tree = open(directory)) {
        fill(tree);
        highest = version(tree, RECORDS - 1);
        tree.delete(key(RECORDS - 1));
        tree.checkpoint();
      }
      for (int life = 0; life < 3; life++) {
        try (Tree tree = open(directory)) {
          tree.set(key(RECORDS), value(life));
          long next = version(tree, RECORDS);
          assertTrue(next > highest, next + " after " + highest);
          highest = next;
        }
      }
    }

    private static long version(Tree tree, int i) {
      Entry entry = tree.getEntry(key(i));
      if (entry == null) {
        throw new AssertionError("record " + i + " is missing");
      }
      return entry.version();
    }
  }
}
