package io.drey.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.vfs.contract.TestBytes;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** INVARIANT V1: an interrupt fails no call, harms no other thread and is not lost. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class InterruptTest {
  private static final int BLOCK = StorageFile.DIRECT_ALIGNMENT;

  @TempDir private Path directory;
  private final Vfs vfs = Vfs.disk();

  @AfterEach
  void forgetTheFlag() {
    Thread.interrupted();
  }

  @Nested
  class AThreadInterruptedBeforeTheCall {
    private StorageFile file;

    @BeforeEach
    void open() throws IOException {
      file = vfs.open(directory.resolve("file"), OpenMode.CREATE_NEW, Caching.BUFFERED);
      file.write(0, TestBytes.pattern(BLOCK, 1));
      Thread.currentThread().interrupt();
    }

    @AfterEach
    void close() throws IOException {
      assertTrue(Thread.currentThread().isInterrupted());
      file.close();
      assertTrue(Thread.currentThread().isInterrupted());
    }

    @Test
    void reads() throws IOException {
      assertTrue(TestBytes.same(TestBytes.pattern(BLOCK, 1), TestBytes.readBack(file, 0, BLOCK)));
    }

    @Test
    void writesAndForces() throws IOException {
      file.write(BLOCK, TestBytes.pattern(BLOCK, 2));
      file.force();
      assertEquals(2 * BLOCK, file.size());
    }

    @Test
    void truncates() throws IOException {
      file.truncate(10);
      assertEquals(10, file.size());
    }

    @Test
    void mapsAndForcesTheRegion() throws IOException {
      try (MappedRegion region = file.map(0, BLOCK)) {
        region.segment().fill((byte) 1);
        region.force(0, BLOCK);
      }
    }

    @Test
    void opensListsRenamesDeletesAndForcesTheDirectory() throws IOException {
      Path created = directory.resolve("created");
      for (Caching caching : Caching.values()) {
        vfs.open(created, OpenMode.CREATE_NEW, caching).close();
        vfs.rename(created, directory.resolve("renamed"));
        vfs.forceDirectory(directory);
        assertEquals(List.of("file", "renamed"), vfs.list(directory));
        vfs.delete(directory.resolve("renamed"));
      }
    }

    @Test
    void takesAndGivesBackALease() throws IOException {
      try (FileLease lease = vfs.lock(directory.resolve("lock"), LeaseKind.EXCLUSIVE)) {
        assertNotNull(lease);
      }
    }
  }

  @Nested
  class AStormOfInterrupts {
    private static final int WORKERS = 4;
    private static final int ROUNDS = 200;
    private static final int RANGE = 16 * BLOCK;
    private static final long PAUSE_NANOS = 20_000;

    @Test
    void harmsNoBufferedFile() throws Exception {
      try (StorageFile file = open("file", Caching.BUFFERED)) {
        storm(file);
      }
    }

    @Test
    void harmsNoDirectFile() throws Exception {
      try (StorageFile file = open("file", Caching.DIRECT)) {
        storm(file);
      }
    }

    @Test
    void harmsNoFileThatLostItsName() throws Exception {
      try (StorageFile file = open("file", Caching.BUFFERED)) {
        vfs.delete(directory.resolve("file"));
        storm(file);
      }
    }

    @Test
    void harmsNoFileWhoseNameAnotherFileGot() throws Exception {
      try (StorageFile file = open("file", Caching.BUFFERED)) {
        vfs.rename(directory.resolve("file"), directory.resolve("moved"));
        try (StorageFile other = open("file", Caching.BUFFERED)) {
          storm(file);
          assertEquals(0, other.size());
        }
      }
    }

    private StorageFile open(String name, Caching caching) throws IOException {
      return vfs.open(directory.resolve(name), OpenMode.CREATE_NEW, caching);
    }

    /** Workers on ranges of their own in one file, while all but the first are interrupted. */
    private void storm(StorageFile file) throws Exception {
      file.write((long) WORKERS * RANGE, TestBytes.room(BLOCK));
      List<Worker> workers = new ArrayList<>();
      List<FutureTask<Long>> tasks = new ArrayList<>();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < WORKERS; i++) {
        Worker worker = new Worker(file, (long) i * RANGE);
        FutureTask<Long> task = new FutureTask<>(worker);
        workers.add(worker);
        tasks.add(task);
        threads.add(Thread.ofPlatform().start(task));
      }
      while (!tasks.stream().allMatch(FutureTask::isDone)) {
        for (int i = 1; i < WORKERS; i++) {
          workers.get(i).interrupt(threads.get(i));
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      for (FutureTask<Long> task : tasks) {
        assertEquals(ROUNDS, result(task));
      }
    }

    private long result(FutureTask<Long> task) throws Exception {
      try {
        return task.get();
      } catch (ExecutionException e) {
        throw new AssertionError("a worker failed", e.getCause());
      }
    }

    private static final class Worker implements Callable<Long> {
      private final StorageFile file;
      private final long start;

      /** Whether an interrupt came since the flag was last cleared; guarded by this. */
      private boolean told;

      Worker(StorageFile file, long start) {
        this.file = file;
        this.start = start;
      }

      synchronized void interrupt(Thread worker) {
        worker.interrupt();
        told = true;
      }

      private synchronized void clearTheFlag() {
        Thread.interrupted();
        told = false;
      }

      private synchronized void assertFlagKept() {
        if (told) {
          assertTrue(Thread.currentThread().isInterrupted());
        }
      }

      @Override
      public Long call() throws IOException {
        long rounds = 0;
        while (rounds < ROUNDS) {
          MemorySegment pattern = TestBytes.pattern(RANGE, start + rounds);
          clearTheFlag();
          file.write(start, pattern);
          assertFlagKept();
          clearTheFlag();
          assertTrue(TestBytes.same(pattern, TestBytes.readBack(file, start, RANGE)));
          assertFlagKept();
          clearTheFlag();
          file.force();
          assertFlagKept();
          file.truncate(1L << 40);
          assertEquals(WORKERS * RANGE + BLOCK, file.size());
          assertFlagKept();
          if (file.caching() == Caching.BUFFERED && rounds % 8 == 0) {
            map(pattern);
          }
          rounds++;
        }
        return rounds;
      }

      private void map(MemorySegment pattern) throws IOException {
        clearTheFlag();
        try (MappedRegion region = file.map(start, RANGE)) {
          assertFlagKept();
          assertTrue(TestBytes.same(pattern, region.segment()));
          region.force(0, RANGE);
        }
        assertFlagKept();
      }
    }
  }
}
