package io.drey.crash.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.vfs.Caching;
import io.drey.vfs.LeaseKind;
import io.drey.vfs.MappedRegion;
import io.drey.vfs.OpenMode;
import io.drey.vfs.StorageFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is durable when, rule by rule. */
class SimulatedDiskTest {
  private static final Path FILE = Path.of("/file");
  private static final int PAGE = 4096;

  private final SimulatedDisk disk = new SimulatedDisk();

  @AfterEach
  void close() {
    disk.close();
  }

  private StorageFile create(Path path) throws IOException {
    return disk.open(path, OpenMode.CREATE_NEW, Caching.BUFFERED);
  }

  /** A durable file of that many durable zeros. */
  private StorageFile durable(Path path, long bytes) throws IOException {
    StorageFile file = create(path);
    file.write(0, MemorySegment.ofArray(new byte[(int) bytes]));
    file.force();
    disk.forceDirectory(Path.of("/"));
    return file;
  }

  private static MemorySegment text(String text) {
    return MemorySegment.ofArray(text.getBytes(StandardCharsets.US_ASCII));
  }

  private DiskState now() {
    return disk.trace().at(disk.position());
  }

  private static Set<String> names(DiskImage image) {
    return image.files().keySet();
  }

  private static String content(DiskImage image, String name) {
    FileImage file = image.files().get(name);
    byte[] bytes = new byte[(int) file.size()];
    file.read(0, MemorySegment.ofArray(bytes));
    return new String(bytes, StandardCharsets.US_ASCII).replace('\0', '.');
  }

  private static String sure(DiskState state, String name) {
    return content(state.nothing(), name);
  }

  @Nested
  class AWrite {
    @Test
    void isPendingUntilItsFileIsForced() throws IOException {
      StorageFile file = durable(FILE, 0);
      file.write(0, text("abc"));
      assertEquals("", sure(now(), "file"));
      assertEquals("abc", content(now().everything(), "file"));
      file.force();
      assertEquals("abc", sure(now(), "file"));
      assertEquals(List.of(), now().pending());
    }

    @Test
    void isNotForcedByAForceOfAnotherFileOrOfTheDirectory() throws IOException {
      StorageFile file = durable(FILE, 0);
      StorageFile other = durable(Path.of("/other"), 0);
      file.write(0, text("abc"));
      other.force();
      disk.forceDirectory(Path.of("/"));
      assertEquals("", sure(now(), "file"));
    }

    @Test
    void mayHappenWithoutAnEarlierOne() throws IOException {
      StorageFile file = durable(FILE, 0);
      file.write(0, text("abc"));
      file.write(3, text("def"));
      assertEquals("...def", content(now().image(List.of(Fate.DROPPED, Fate.KEPT)), "file"));
    }

    @Test
    void isRememberedAtEveryPosition() throws IOException {
      StorageFile file = durable(FILE, 0);
      int before = disk.position();
      file.write(0, text("abc"));
      file.force();
      file.write(0, text("XY"));
      Trace trace = disk.trace();
      assertEquals("", content(trace.at(before).everything(), "file"));
      assertEquals("abc", content(trace.at(before + 1).everything(), "file"));
      assertEquals("XYc", content(trace.at(trace.end()).everything(), "file"));
      assertEquals("abc", sure(trace.at(trace.end()), "file"));
    }
  }

  @Nested
  class ATruncation {
    @Test
    void isPendingUntilItsFileIsForced() throws IOException {
      StorageFile file = durable(FILE, 0);
      file.write(0, text("abc"));
      file.force();
      file.truncate(1);
      file.write(1, text("X"));
      assertEquals("aXc", content(now().image(List.of(Fate.DROPPED, Fate.KEPT)), "file"));
      assertEquals("a", content(now().image(List.of(Fate.KEPT, Fate.DROPPED)), "file"));
      file.force();
      assertEquals("aX", sure(now(), "file"));
    }
  }

  @Nested
  class ANewName {
    @Test
    void isPendingUntilItsDirectoryIsForced() throws IOException {
      StorageFile file = create(FILE);
      file.write(0, text("abc"));
      file.force();
      assertEquals(Set.of(), names(now().nothing()));
      disk.forceDirectory(Path.of("/"));
      assertEquals("abc", sure(now(), "file"));
    }

    @Test
    void ofADirectoryGoesWithAllThatIsInIt() throws IOException {
      Path directory = Path.of("/d");
      disk.createDirectory(directory);
      create(directory.resolve("a")).force();
      disk.forceDirectory(directory);
      assertEquals(Set.of(), names(now().nothing()));
      disk.forceDirectory(Path.of("/"));
      assertEquals(Set.of("d/a"), names(now().nothing()));
    }

    @Test
    void isNotMadeDurableByTheForceOfAnotherDirectory() throws IOException {
      Path directory = Path.of("/d");
      disk.createDirectory(directory);
      disk.forceDirectory(Path.of("/"));
      create(directory.resolve("a"));
      disk.forceDirectory(Path.of("/"));
      assertEquals(Set.of(), names(now().nothing()));
    }
  }

  @Nested
  class ARenaming {
    @Test
    void isTheOldFileOrTheNewOneAndNeverNone() throws IOException {
      durable(FILE, 1).write(0, text("o"));
      StorageFile fresh = durable(Path.of("/new"), 1);
      fresh.write(0, text("n"));
      fresh.force();
      disk.rename(Path.of("/new"), FILE);
      int newest = now().pending().size() - 1;
      CrashState kept = new CrashState(now(), Collections.nCopies(newest + 1, Fate.KEPT));
      assertEquals("n", content(kept.image(), "file"));
      assertEquals(Set.of("file"), names(kept.image()));
      CrashState dropped = kept.with(newest, Fate.DROPPED);
      assertEquals("o", content(dropped.image(), "file"));
      assertEquals(Set.of("file", "new"), names(dropped.image()));
    }

    @Test
    void mayLeaveAFileWithoutBytesThatWereNotForced() throws IOException {
      StorageFile file = create(Path.of("/new"));
      file.write(0, text("abc"));
      disk.rename(Path.of("/new"), FILE);
      disk.forceDirectory(Path.of("/"));
      assertEquals("", sure(now(), "file"));
    }

    @Test
    void intoAnotherDirectoryLeavesTheOldNameUntilThatIsForcedToo() throws IOException {
      disk.createDirectory(Path.of("/d"));
      durable(FILE, 0);
      disk.rename(FILE, Path.of("/d/file"));
      disk.forceDirectory(Path.of("/d"));
      assertEquals(Set.of("d/file", "file"), names(now().nothing()));
      disk.forceDirectory(Path.of("/"));
      assertEquals(Set.of("d/file"), names(now().nothing()));
    }
  }

  @Nested
  class ADeletion {
    @Test
    void isPendingUntilItsDirectoryIsForced() throws IOException {
      durable(FILE, 0);
      disk.delete(FILE);
      assertEquals(Set.of("file"), names(now().nothing()));
      disk.forceDirectory(Path.of("/"));
      assertEquals(Set.of(), names(now().nothing()));
    }

    @Test
    void isIndependentOfTheCreationThatFollows() throws IOException {
      StorageFile old = durable(FILE, 1);
      old.write(0, text("o"));
      old.force();
      disk.delete(FILE);
      create(FILE);
      assertEquals(Set.of(), names(now().image(List.of(Fate.KEPT, Fate.DROPPED))));
      assertEquals("", content(now().image(List.of(Fate.DROPPED, Fate.KEPT)), "file"));
      assertEquals("o", sure(now(), "file"));
    }
  }

  @Nested
  class AStoreIntoARegion {
    @Test
    void countsOnceItIsTold() throws IOException {
      StorageFile file = durable(FILE, 3);
      try (MappedRegion region = file.map(0, 3)) {
        region.segment().set(ValueLayout.JAVA_BYTE, 1, (byte) 'x');
        assertEquals("...", content(now().everything(), "file"));
        region.dirty(1, 2);
        assertEquals(".x.", content(now().everything(), "file"));
        assertEquals("...", sure(now(), "file"));
      }
    }

    @Test
    void isForcedByThePageAndNotBeyond() throws IOException {
      StorageFile file = durable(FILE, 3 * PAGE);
      try (MappedRegion region = file.map(0, 3 * PAGE)) {
        region.segment().fill((byte) 'x');
        region.dirty(0, 3 * PAGE);
        region.force(PAGE + 5, PAGE + 6);
        String sure = sure(now(), "file");
        assertEquals(".".repeat(PAGE) + "x".repeat(PAGE) + ".".repeat(PAGE), sure);
        assertEquals(2, now().pending().size());
        file.force();
        assertEquals("x".repeat(3 * PAGE), sure(now(), "file"));
      }
    }

    @Test
    void isForcedTogetherWithWhatWasWrittenByCallIntoItsPage() throws IOException {
      StorageFile file = durable(FILE, PAGE);
      try (MappedRegion region = file.map(0, PAGE)) {
        file.write(0, text("call"));
        region.force(100, 200);
        assertTrue(sure(now(), "file").startsWith("call"));
      }
    }

    @Test
    void bringsAPendingTruncationWithItWhenForced() throws IOException {
      StorageFile file = durable(FILE, 2 * PAGE);
      file.write(0, text("old"));
      file.truncate(0);
      file.write(0, MemorySegment.ofArray(new byte[PAGE]));
      try (MappedRegion region = file.map(0, PAGE)) {
        region.segment().set(ValueLayout.JAVA_BYTE, 0, (byte) 'x');
        region.dirty(0, 1);
        region.force(0, 1);
      }
      assertEquals("x" + ".".repeat(PAGE - 1), sure(now(), "file"));
    }

    @Test
    void thatIsNeverToldIsAComplaintWithFileAndPlace() throws IOException {
      StorageFile file = durable(FILE, PAGE);
      MappedRegion region = file.map(0, PAGE);
      region.segment().set(ValueLayout.JAVA_BYTE, 77, (byte) 1);
      region.force(0, PAGE);
      assertEquals(List.of("/file: stored at 77 without a call of dirty"), disk.untoldStores());
      region.close();
    }

    @Test
    void thatIsToldAfterAForceByAnotherThreadIsNoComplaint() throws IOException {
      StorageFile file = durable(FILE, PAGE);
      try (MappedRegion region = file.map(0, PAGE)) {
        region.segment().set(ValueLayout.JAVA_BYTE, 77, (byte) 1);
        region.force(0, PAGE);
        region.dirty(77, 78);
      }
      assertEquals(List.of(), disk.untoldStores());
    }
  }

  @Nested
  class AKilledProcess {
    @Test
    void leavesAllThatWasIssuedAndAllOfItPending() throws IOException {
      StorageFile file = durable(FILE, 0);
      file.write(0, text("abc"));
      try (SimulatedDisk next = new SimulatedDisk(now())) {
        StorageFile again = next.open(FILE, OpenMode.WRITE, Caching.BUFFERED);
        again.write(3, text("def"));
        DiskState state = next.trace().at(next.position());
        assertEquals("abcdef", content(state.everything(), "file"));
        assertEquals("", sure(state, "file"));
        again.force();
        assertEquals("abcdef", sure(next.trace().at(next.position()), "file"));
      }
    }
  }

  @Nested
  class WithoutPower {
    @Test
    void everyCallFailsAndNothingIsRecorded() throws IOException {
      StorageFile file = durable(FILE, PAGE);
      MappedRegion region = file.map(0, PAGE);
      int position = disk.position();
      disk.crash();
      assertThrows(IOException.class, () -> file.write(0, text("x")));
      assertThrows(IOException.class, file::force);
      assertThrows(IOException.class, () -> region.force(0, 1));
      assertThrows(IOException.class, () -> disk.exists(FILE));
      assertThrows(IOException.class, () -> disk.lock(FILE, LeaseKind.EXCLUSIVE));
      region.dirty(0, 1);
      region.close();
      file.close();
      assertEquals(position, disk.position());
    }

    @Test
    void regionsEndWithTheDisk() throws IOException {
      MemorySegment memory = durable(FILE, PAGE).map(0, PAGE).segment();
      disk.close();
      assertFalse(memory.scope().isAlive());
    }
  }
}
