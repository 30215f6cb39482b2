package io.drey.vfs;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.drey.vfs.contract.TestBytes;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** INVARIANT V4: what is closed under the hands of its users fails, typed, and crashes nothing. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ConcurrentCloseTest {
  private static final int ROUNDS = 16;
  private static final int BYTES = 256 << 10;

  @TempDir private Path directory;

  @Test
  void ofADiskFileEndsEveryCallWithATypedFailure() throws Exception {
    closeUnderItsUsers(Vfs.disk(), directory.resolve("file"));
  }

  @Test
  void ofAMemoryFileEndsEveryCallWithATypedFailure() throws Exception {
    closeUnderItsUsers(Vfs.memory(), Path.of("file"));
  }

  @Test
  void ofADiskRegionEndsAccessesAndTransfers() throws Exception {
    closeRegionUnderItsUsers(Vfs.disk(), directory.resolve("file"));
  }

  @Test
  void ofAMemoryRegionEndsAccessesAndTransfers() throws Exception {
    closeRegionUnderItsUsers(Vfs.memory(), Path.of("file"));
  }

  private static void closeUnderItsUsers(Vfs vfs, Path path) throws Exception {
    vfs.open(path, OpenMode.CREATE_NEW, Caching.BUFFERED).close();
    for (int round = 0; round < ROUNDS; round++) {
      StorageFile file = vfs.open(path, OpenMode.WRITE, Caching.BUFFERED);
      MemorySegment source = TestBytes.room(BYTES);
      MemorySegment target = TestBytes.room(BYTES);
      file.write(0, source);
      List<Throwable> ends =
          untilClosed(
              file::close,
              () -> file.write(0, source),
              () -> file.read(0, target),
              file::force,
              file::size,
              () -> file.map(0, BYTES).close());
      for (Throwable end : ends) {
        assertInstanceOf(FileClosedException.class, end);
      }
    }
  }

  private static void closeRegionUnderItsUsers(Vfs vfs, Path path) throws Exception {
    try (StorageFile file = vfs.open(path, OpenMode.CREATE_NEW, Caching.BUFFERED)) {
      file.write(0, TestBytes.room(2 * BYTES));
      for (int round = 0; round < ROUNDS; round++) {
        MappedRegion region = file.map(0, BYTES);
        MemorySegment segment = region.segment();
        List<Throwable> ends =
            untilClosed(
                region::close,
                () -> segment.set(ValueLayout.JAVA_BYTE, 5, (byte) 1),
                round % 2 == 0 ? () -> file.read(BYTES, segment) : () -> file.write(BYTES, segment),
                () -> force(region));
        for (Throwable end : ends) {
          assertInstanceOf(IllegalStateException.class, end);
        }
      }
    }
  }

  private static void force(MappedRegion region) throws IOException {
    try {
      region.force(0, BYTES);
    } catch (FileClosedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Repeats every call on a thread of its own, closes once all have run, returns their ends. */
  private static List<Throwable> untilClosed(Executable close, Executable... calls)
      throws Exception {
    CountDownLatch running = new CountDownLatch(calls.length);
    List<FutureTask<Throwable>> users = new ArrayList<>();
    for (Executable call : calls) {
      FutureTask<Throwable> user = new FutureTask<>(() -> endOf(call, running));
      users.add(user);
      Thread.ofPlatform().start(user);
    }
    running.await();
    try {
      close.execute();
    } catch (Throwable e) {
      throw new AssertionError("close failed", e);
    }
    List<Throwable> ends = new ArrayList<>();
    for (FutureTask<Throwable> user : users) {
      ends.add(user.get());
    }
    return ends;
  }

  private static Throwable endOf(Executable call, CountDownLatch running) {
    try {
      call.execute();
      running.countDown();
      while (true) {
        call.execute();
      }
    } catch (Throwable end) {
      running.countDown();
      return end;
    }
  }
}
