package io.drey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.HookedVfs.Effect;
import io.drey.testing.Watchdog;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writers that are faster than checkpoints, or whose checkpoints fail. */
@Tag("both-sizes")
final class BackpressureTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int SEGMENT_BYTES = 64 << 10;

  private static final int LIMIT_SEGMENTS = 4;

  /** Those up to the limit, that in which it is met, two for removals, one prepared, two spare. */
  private static final int SEGMENTS_MOST = LIMIT_SEGMENTS + 1 + 2 + 1 + 2;

  private static final int VALUE_BYTES = 1_000;

  /** Far more than the limit holds. */
  private static final int RECORDS = 10 * LIMIT_SEGMENTS * SEGMENT_BYTES / VALUE_BYTES;

  private static final CheckpointPolicy BY_JOURNAL =
      new CheckpointPolicy(true, Duration.ofHours(1), SEGMENT_BYTES, 1);

  @TempDir Path temporary = Path.of("");
  private final HookedVfs vfs = new HookedVfs(Vfs.disk());
  private Path directory = Path.of("");

  @BeforeEach
  void name() {
    directory = temporary.resolve("store");
  }

  @AfterEach
  void repair() {
    vfs.hook((effect, file) -> {});
  }

  private Tree open(CheckpointPolicy policy) {
    return Tree.open(
        TreeConfig.at(directory)
            .withCheckpoint(policy)
            .withPoolBytes(4 * TreeConfig.minimumPoolBytes()),
        vfs,
        SEGMENT_BYTES);
  }

  private static byte[] key(int i) {
    return "/dir-%02d/file-%05d".formatted(i % 16, i).getBytes(UTF_8);
  }

  private void failDataWrites(Effect failing) {
    vfs.hook((effect, file) -> {
      if (effect == failing && file.endsWith("data")) {
        throw new FileSystemException("data", null, "No space left on device");
      }
    });
  }

  private long segments() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(f -> f.getFileName().toString().startsWith("journal-")).count();
    }
  }

  private void assertSegmentsBounded() throws IOException {
    long there = segments();
    assertTrue(there <= SEGMENTS_MOST, there + " segments");
  }

  /** Stores records from {@code from} on until one is refused; returns its number. */
  private int setUntilRefused(Tree tree, int from) throws IOException {
    for (int i = from; i < from + RECORDS; i++) {
      try {
        tree.set(key(i), new byte[VALUE_BYTES]);
      } catch (StorageException e) {
        assertTrue(String.valueOf(e.getMessage()).contains("checkpoint"), e.getMessage());
        Throwable cause = assertInstanceOf(IOException.class, e.getCause()).getCause();
        assertInstanceOf(FileSystemException.class, cause);
        return i;
      }
      if (i % 16 == 0) {
        assertSegmentsBounded();
      }
    }
    throw new AssertionError("the journal took " + RECORDS + " records beside no checkpoint");
  }

  @Nested
  final class AFailingCheckpoint {
    @Test
    void refusesWritesWithItsErrorAndTheStoreGoesOnWhenTheDiskDoes() {
      Watchdog.within(
          PATIENCE,
          () -> {
            int stored;
            try (Tree tree = open(BY_JOURNAL)) {
              failDataWrites(Effect.WRITE);
              stored = setUntilRefused(tree, 0);
              long segments = segments();
              for (int again = 0; again < 30; again++) {
                int number = stored;
                assertThrows(
                    StorageException.class, () -> tree.set(key(number), new byte[VALUE_BYTES]));
              }
              assertTrue(segments() <= segments + 1, "a segment for every refused write");
              assertNull(tree.get(key(stored)));
              repair();
              for (int i = stored; i < stored + RECORDS; i++) {
                tree.set(key(i), new byte[VALUE_BYTES]);
              }
              stored += RECORDS;
              assertSegmentsBounded();
              assertEquals(List.of(), tree.check());
            }
            try (Tree again = open(BY_JOURNAL)) {
              assertEquals(stored, again.count(new byte[0]).records());
              assertArrayEquals(new byte[VALUE_BYTES], again.get(key(stored - 1)));
              assertEquals(List.of(), again.check());
            }
          });
    }

    @Test
    void letsSomeRemovalsPassWhereNothingElseDoes() {
      Watchdog.within(
          PATIENCE,
          () -> {
            try (Tree tree = open(BY_JOURNAL)) {
              failDataWrites(Effect.WRITE);
              int stored = setUntilRefused(tree, 0);
              int removed = 0;
              try {
                for (; removed < stored; removed++) {
                  tree.delete(key(removed));
                }
              } catch (StorageException e) {
                assertSegmentsBounded();
              }
              assertTrue(removed >= 100, removed + " removed");
              assertThrows(StorageException.class, () -> tree.set(key(stored), key(stored)));
              assertEquals(stored - removed, tree.count(new byte[0]).records());
              repair();
              tree.checkpoint();
              assertEquals(List.of(), tree.check());
            }
          });
    }

    @Test
    void wakesEveryWriterThatWaits() {
      Watchdog.within(
          PATIENCE,
          () -> {
            try (Tree tree = open(BY_JOURNAL)) {
              CountDownLatch release = new CountDownLatch(1);
              vfs.hook((effect, file) -> {
                if (effect == Effect.WRITE && file.endsWith("data")) {
                  awaitQuietly(release);
                  throw new FileSystemException("data", null, "Input/output error");
                }
              });
              ConcurrentLinkedQueue<Throwable> ends = new ConcurrentLinkedQueue<>();
              List<Thread> writers = writers(tree, Thread.ofPlatform().factory(), ends);
              awaitParked(writers);
              release.countDown();
              join(writers);
              assertEquals(writers.size(), ends.size());
              ends.forEach(end -> assertInstanceOf(StorageException.class, end));
              assertSegmentsBounded();
              repair();
              tree.checkpoint();
              tree.set(key(0), key(0));
            }
          });
    }

    @Test
    void thatEndsTheStoreTellsTheWritersSo() {
      Watchdog.within(
          PATIENCE,
          () -> {
            Tree tree = open(BY_JOURNAL);
            failDataWrites(Effect.FORCE);
            assertThrows(
                StoreFailedException.class,
                () -> {
                  for (int i = 0; i < RECORDS; i++) {
                    tree.set(key(i), new byte[VALUE_BYTES]);
                  }
                });
            assertThrows(StoreFailedException.class, tree::close);
          });
    }
  }

  @Nested
  final class ASlowCheckpoint {
    @Test
    void keepsWritersWaitingAndTheJournalBounded() {
      Watchdog.within(PATIENCE, () -> slow(Thread.ofPlatform().factory()));
    }

    @Test
    void keepsVirtualThreadsWaitingToo() {
      Watchdog.within(PATIENCE, () -> slow(Thread.ofVirtual().factory()));
    }

    private void slow(ThreadFactory threads) throws IOException, InterruptedException {
      try (Tree tree = open(BY_JOURNAL)) {
        CountDownLatch release = new CountDownLatch(1);
        vfs.hook((effect, file) -> {
          if (effect == Effect.WRITE && file.endsWith("data")) {
            awaitQuietly(release);
          }
        });
        ConcurrentLinkedQueue<Throwable> ends = new ConcurrentLinkedQueue<>();
        List<Thread> writers = writers(tree, threads, ends);
        awaitParked(writers);
        assertSegmentsBounded();
        release.countDown();
        join(writers);
        assertEquals(List.of(), List.copyOf(ends));
        assertSegmentsBounded();
        assertEquals(RECORDS, tree.count(new byte[0]).records());
      }
    }

    @Test
    void letsWritersGoWhenTheStoreIsClosed() {
      Watchdog.within(
          PATIENCE,
          () -> {
            Tree tree = open(BY_JOURNAL);
            CountDownLatch release = new CountDownLatch(1);
            vfs.hook((effect, file) -> {
              if (effect == Effect.WRITE && file.endsWith("data")) {
                awaitQuietly(release);
              }
            });
            ConcurrentLinkedQueue<Throwable> ends = new ConcurrentLinkedQueue<>();
            List<Thread> writers = writers(tree, Thread.ofPlatform().factory(), ends);
            awaitParked(writers);
            Thread closer = Thread.ofPlatform().start(tree::close);
            join(writers);
            release.countDown();
            join(List.of(closer));
            assertEquals(writers.size(), ends.size());
            ends.forEach(end -> assertInstanceOf(ClosedException.class, end));
          });
    }
  }

  @Nested
  final class WithoutABackgroundThread {
    @Test
    void theJournalGrowsUntilTheUserAsksForACheckpoint() {
      Watchdog.within(
          PATIENCE,
          () -> {
            try (Tree tree = open(CheckpointPolicy.onRequest())) {
              for (int i = 0; i < RECORDS; i++) {
                tree.set(key(i), new byte[VALUE_BYTES]);
              }
              assertTrue(segments() > SEGMENTS_MOST);
              tree.checkpoint();
              assertSegmentsBounded();
            }
          });
    }
  }

  /** Four threads that store all records, or end with what they met. */
  private static List<Thread> writers(
      Tree tree, ThreadFactory threads, ConcurrentLinkedQueue<Throwable> ends) {
    AtomicInteger next = new AtomicInteger();
    List<Thread> writers = new ArrayList<>();
    for (int w = 0; w < 4; w++) {
      writers.add(
          threads.newThread(() -> {
            try {
              for (int i = next.getAndIncrement(); i < RECORDS; i = next.getAndIncrement()) {
                tree.set(key(i), new byte[VALUE_BYTES]);
              }
            } catch (RuntimeException e) {
              ends.add(e);
            }
          }));
    }
    writers.forEach(Thread::start);
    return writers;
  }

  /** Returns when all wait for the checkpoint; ended ones would wait for nothing. */
  private static void awaitParked(List<Thread> threads) {
    for (Thread thread : threads) {
      while (!waitsForPace(thread)) {
        assertTrue(thread.isAlive(), "a writer was not held back");
        Thread.onSpinWait();
      }
    }
  }

  private static boolean waitsForPace(Thread thread) {
    return thread.getState() == Thread.State.WAITING
        && Stream.of(thread.getStackTrace())
            .anyMatch(frame -> frame.getClassName().endsWith("Backpressure"));
  }

  private static void join(List<Thread> threads) throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
