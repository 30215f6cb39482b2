package io.drey.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.Check;
import io.drey.CorruptionException;
import io.drey.vfs.Caching;
import io.drey.vfs.StorageFile;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FrameFileTest {
  private static final int FRAME = 8192;

  private Vfs vfs = Vfs.memory();
  private Path directory = Path.of("/store");

  @BeforeEach
  void makeTheDirectory() throws IOException {
    vfs.createDirectory(directory);
  }

  private FrameFile open(long slotsNeeded) throws IOException {
    return FrameFile.open(vfs, directory, FRAME, slotsNeeded);
  }

  private static MemorySegment frames(Arena arena, int count, long mark) {
    MemorySegment frames = arena.allocate((long) count * FRAME, 4096);
    for (long at = 0; at < frames.byteSize(); at += Long.BYTES) {
      frames.set(ValueLayout.JAVA_LONG, at, mark + at);
    }
    return frames;
  }

  private static void assertHolds(FrameFile file, long slot, long mark) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment found = arena.allocate(FRAME, 4096);
      assertEquals(FRAME, file.read(slot, found));
      assertEquals(-1, found.mismatch(frames(arena, 1, mark)), "slot " + slot);
      MemorySegment page = arena.allocate(4096, 4096);
      assertEquals(4096, file.readPage(slot, page));
      assertEquals(mark, page.get(ValueLayout.JAVA_LONG, 0));
    }
  }

  @Test
  void readsBackFramesAndNeighbours() throws IOException {
    try (Arena arena = Arena.ofConfined();
        FrameFile file = open(0)) {
      file.write(3, frames(arena, 1, 7));
      file.write(4, frames(arena, 2, 900));
      file.force();
      assertHolds(file, 3, 7);
      assertHolds(file, 4, 900);
      assertHolds(file, 5, 900 + FRAME);
    }
  }

  @Test
  void readsBackFramesPastThePageCacheOfADisk(@TempDir Path temporary) throws IOException {
    vfs = Vfs.disk();
    directory = temporary;
    try (Arena arena = Arena.ofConfined()) {
      try (FrameFile file = open(0)) {
        file.write(9, frames(arena, 1, 5));
        file.force();
      }
      try (FrameFile file = open(10)) {
        assertHolds(file, 9, 5);
      }
    }
  }

  @Test
  void growsInStepsAndKeepsWhatWasWritten() throws IOException {
    try (Arena arena = Arena.ofConfined();
        FrameFile file = open(0)) {
      long lengths = 0;
      long before = 0;
      for (int slot = 0; slot < 200; slot++) {
        file.write(slot, frames(arena, 1, slot));
        lengths += file.bytes() != before ? 1 : 0;
        before = file.bytes();
      }
      assertTrue(lengths < 30, lengths + " lengths for 200 slots");
      for (int slot = 0; slot < 200; slot++) {
        assertHolds(file, slot, slot);
      }
    }
  }

  @Test
  void givesTheFreeTailBackAndGrowsAgain() throws IOException {
    SlotSet slots = SlotSet.of(new long[] {0, 2});
    try (Arena arena = Arena.ofConfined();
        FrameFile file = open(0)) {
      file.write(0, frames(arena, 1, 1));
      file.write(2, frames(arena, 1, 2));
      file.trim(slots);
      assertEquals(3L * FRAME, file.bytes());
      assertHolds(file, 2, 2);
      file.write(5, frames(arena, 1, 3));
      assertHolds(file, 5, 3);
      assertHolds(file, 2, 2);
    }
  }

  @Test
  void keepsEveryWrittenSlotWhileTheTailIsCutAgainAndAgain(@TempDir Path temporary)
      throws IOException, InterruptedException, ExecutionException {
    vfs = Vfs.disk();
    directory = temporary;
    SlotSet slots = new SlotSet();
    try (FrameFile file = open(0);
        var threads = Executors.newFixedThreadPool(3)) {
      List<Future<?>> lives = new ArrayList<>();
      for (int thread = 0; thread < 3; thread++) {
        long mark = thread * 1_000_000L;
        lives.add(
            threads.submit(() -> {
              for (int i = 0; i < 150; i++) {
                takeWriteReadAbandon(file, slots, mark + i);
              }
              return null;
            }));
      }
      while (lives.stream().anyMatch(life -> !life.isDone())) {
        file.trim(slots);
      }
      for (Future<?> life : lives) {
        life.get();
      }
      file.trim(slots);
      assertEquals(0, file.bytes());
    }
  }

  @Test
  void keepsASlotTakenAndWrittenWhileTheTailIsBeingCut() throws Exception {
    SlotSet slots = SlotSet.of(new long[] {0});
    AtomicReference<@Nullable Thread> writer = new AtomicReference<>();
    AtomicReference<@Nullable FrameFile> opened = new AtomicReference<>();
    Runnable duringTheCut =
        () -> {
          Thread thread = new Thread(() -> writeTheNextSlot(opened.get(), slots));
          writer.set(thread);
          thread.start();
          while (thread.isAlive() && thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
          }
        };
    vfs = whoseFilesRun(duringTheCut, vfs);
    try (Arena arena = Arena.ofConfined();
        FrameFile file = open(0)) {
      opened.set(file);
      file.write(0, frames(arena, 6, 1));
      file.trim(slots);
      Objects.requireNonNull(writer.get()).join();
      assertHolds(file, 1, 77);
    }
  }

  private static void writeTheNextSlot(@Nullable FrameFile file, SlotSet slots) {
    try (Arena arena = Arena.ofConfined()) {
      Objects.requireNonNull(file).write(slots.take(), frames(arena, 1, 77));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same file system, but that every truncation runs {@code action} first. */
  private static Vfs whoseFilesRun(Runnable action, Vfs vfs) {
    return around(
        Vfs.class,
        vfs,
        (method, result) ->
            method.equals("open") && result instanceof StorageFile file
                ? around(StorageFile.class, file, (_, inner) -> inner, action)
                : result,
        () -> {});
  }

  private static <T> T around(
      Class<T> type,
      T target,
      BiFunction<String, @Nullable Object, @Nullable Object> after,
      Runnable beforeTruncate) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              if (method.getName().equals("truncate")) {
                beforeTruncate.run();
              }
              try {
                return after.apply(method.getName(), method.invoke(target, arguments));
              } catch (InvocationTargetException e) {
                throw Objects.requireNonNull(e.getCause());
              }
            });
    return type.cast(proxy);
  }

  private static void takeWriteReadAbandon(FrameFile file, SlotSet slots, long mark)
      throws IOException {
    long one = slots.take();
    long two = slots.take();
    try (Arena arena = Arena.ofConfined()) {
      file.write(one, frames(arena, 1, mark));
      file.write(two, frames(arena, 1, -mark));
      assertHolds(file, one, mark);
      assertHolds(file, two, -mark);
    }
    slots.abandon(one);
    slots.abandon(two);
  }

  @Test
  void isMissingOnlyWhileNoSlotIsNamed() throws IOException {
    CorruptionException error = assertThrows(CorruptionException.class, () -> open(1).close());
    assertEquals(Check.FILE_PRESENT, error.check());
    try (FrameFile file = FrameFile.openReadOnly(vfs, directory, FRAME, 0, Caching.DIRECT);
        Arena arena = Arena.ofConfined()) {
      assertEquals(0, file.read(0, arena.allocate(FRAME, 4096)));
    }
    assertFalse(vfs.exists(directory.resolve("data")));
  }

  @Test
  void isCorruptWhenShorterThanTheSlotsNamed() throws IOException {
    try (Arena arena = Arena.ofConfined();
        FrameFile file = open(0)) {
      file.write(0, frames(arena, 1, 1));
      file.trim(SlotSet.of(new long[] {0}));
    }
    CorruptionException error = assertThrows(CorruptionException.class, () -> open(2).close());
    assertEquals(Check.FILE_LENGTH, error.check());
    assertEquals(FRAME, error.offset());
  }

  @Test
  void takesWholeFramesOnly() throws IOException {
    try (Arena arena = Arena.ofConfined();
        FrameFile file = open(0)) {
      MemorySegment half = arena.allocate(FRAME / 2, 4096);
      assertThrows(IllegalArgumentException.class, () -> file.write(0, half));
      assertThrows(IllegalArgumentException.class, () -> file.read(0, half));
    }
  }
}
