package io.drey.vfs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.vfs.Caching;
import io.drey.vfs.FileClosedException;
import io.drey.vfs.MappedRegion;
import io.drey.vfs.OpenMode;
import io.drey.vfs.StorageFile;
import io.drey.vfs.Vfs;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What {@link StorageFile} and {@link MappedRegion} promise, whatever stands behind them. */
public abstract class StorageFileContract {
  private Vfs vfs;
  private Path path;
  private StorageFile file;

  /** The file system under test. */
  protected abstract Vfs vfs();

  /** An existing, empty directory in it. */
  protected abstract Path root() throws IOException;

  @BeforeEach
  final void createAFile() throws IOException {
    vfs = vfs();
    path = root().resolve("file");
    file = vfs.open(path, OpenMode.CREATE_NEW, Caching.BUFFERED);
  }

  @AfterEach
  final void closeTheFile() throws IOException {
    file.close();
  }

  private void assertHolds(long position, MemorySegment expected) throws IOException {
    MemorySegment read = TestBytes.readBack(file, position, expected.byteSize());
    assertTrue(TestBytes.same(expected, read), () -> "first difference at " + at(expected, read));
  }

  private static long at(MemorySegment expected, MemorySegment read) {
    return expected.mismatch(read);
  }

  @Nested
  class ANewFile {
    @Test
    void isEmptyAndKnowsWhatItWasOpenedAs() throws IOException {
      assertEquals(0, file.size());
      assertEquals(path, file.path());
      assertEquals(Caching.BUFFERED, file.caching());
      assertEquals(0, file.read(0, TestBytes.room(10)));
    }
  }

  @Nested
  class Writing {
    @Test
    void growsTheFileAndLeavesZerosWhereItSkips() throws IOException {
      file.write(200_000, TestBytes.text("end"));
      assertEquals(200_003, file.size());
      assertHolds(0, TestBytes.room(200_000));
    }

    @Test
    void replacesOnlyWhatItCovers() throws IOException {
      file.write(0, TestBytes.text("abcdef"));
      file.write(2, TestBytes.text("XY"));
      assertHolds(0, TestBytes.text("abXYef"));
    }

    @Test
    void ofNothingDoesNotGrowTheFile() throws IOException {
      file.write(100, MemorySegment.ofArray(new byte[0]));
      assertEquals(0, file.size());
    }

    @Test
    void takesMoreThanOneTransferCarriesFromNativeAndHeapMemory() throws IOException {
      MemorySegment large = TestBytes.pattern(3 << 20, 1);
      MemorySegment heap = MemorySegment.ofArray(large.toArray(ValueLayout.JAVA_BYTE));
      file.write(7, large);
      file.write(7 + large.byteSize(), heap);
      assertHolds(7, large);
      MemorySegment target = MemorySegment.ofArray(new byte[3 << 20]);
      assertEquals(3 << 20, file.read(7 + large.byteSize(), target));
      assertTrue(TestBytes.same(heap, target));
    }

    @Test
    void takesMemoryConfinedToItsThread() throws IOException {
      try (Arena arena = Arena.ofConfined()) {
        file.write(0, arena.allocateFrom("confined"));
        assertEquals(9, file.read(0, arena.allocate(9)));
      }
    }

    @Test
    void zerosGrowsTheFileAndReplacesOnlyWhatItCovers() throws IOException {
      MemorySegment before = TestBytes.pattern(2 << 20, 1);
      file.write(0, before);
      file.writeZeros(5, (1 << 20) + 9_000);
      assertHolds(0, before.asSlice(0, 5));
      assertHolds(5, TestBytes.room((1 << 20) + 9_000));
      assertHolds(5 + (1 << 20) + 9_000, before.asSlice(5 + (1 << 20) + 9_000, (1 << 20) - 9_005));
      file.writeZeros(2 << 20, 3);
      assertEquals((2 << 20) + 3, file.size());
      file.writeZeros(4 << 20, 0);
      assertEquals((2 << 20) + 3, file.size());
      assertThrows(IllegalArgumentException.class, () -> file.writeZeros(0, -1));
    }

    @Test
    void canBeForced() throws IOException {
      file.write(0, TestBytes.text("x"));
      file.force();
      assertHolds(0, TestBytes.text("x"));
    }
  }

  @Nested
  class Reading {
    @Test
    void stopsAtTheEndOfTheFile() throws IOException {
      file.write(0, TestBytes.text("abc"));
      assertEquals(2, file.read(1, TestBytes.room(10)));
      assertEquals(0, file.read(3, TestBytes.room(10)));
      assertEquals(0, file.read(1L << 40, TestBytes.room(10)));
    }

    @Test
    void leavesTheRestOfTheTargetAlone() throws IOException {
      file.write(0, TestBytes.text("abc"));
      MemorySegment target = TestBytes.text("......");
      assertEquals(3, file.read(0, target));
      assertTrue(TestBytes.same(TestBytes.text("abc..."), target));
    }

    @Test
    void refusesWhatCannotBeRead() {
      assertThrows(IllegalArgumentException.class, () -> file.read(-1, TestBytes.room(1)));
      assertThrows(
          IllegalArgumentException.class, () -> file.read(0, TestBytes.room(1).asReadOnly()));
    }
  }

  @Nested
  class Truncating {
    @Test
    void cutsTheFileAndForgetsWhatWasThere() throws IOException {
      file.write(0, TestBytes.pattern(200_000, 2));
      file.truncate(70_000);
      assertEquals(70_000, file.size());
      file.write(199_999, TestBytes.text("x"));
      assertHolds(0, TestBytes.pattern(200_000, 2).asSlice(0, 70_000));
      assertHolds(70_000, TestBytes.room(129_999));
    }

    @Test
    void toMoreThanItHasChangesNothing() throws IOException {
      file.write(0, TestBytes.text("abc"));
      file.truncate(10);
      assertEquals(3, file.size());
    }

    @Test
    void refusesToCutIntoAMappedRegion() throws IOException {
      file.write(0, TestBytes.room(10_000));
      try (MappedRegion region = file.map(4096, 4096)) {
        assertThrows(IllegalStateException.class, () -> file.truncate(8191));
        file.truncate(8192);
        assertEquals(4096, region.segment().byteSize());
      }
      file.truncate(0);
      assertEquals(0, file.size());
    }
  }

  @Nested
  class AFileOpenedForReading {
    @Test
    void isReadAndMappedButNotChanged() throws IOException {
      file.write(0, TestBytes.text("abc"));
      try (StorageFile reader = vfs.open(path, OpenMode.READ, Caching.BUFFERED)) {
        assertTrue(TestBytes.same(TestBytes.text("abc"), TestBytes.readBack(reader, 0, 9)));
        assertThrows(NonWritableChannelException.class, () -> reader.write(0, TestBytes.text("x")));
        assertThrows(NonWritableChannelException.class, () -> reader.truncate(0));
        try (MappedRegion region = reader.map(0, 3)) {
          assertTrue(region.segment().isReadOnly());
          assertTrue(TestBytes.same(TestBytes.text("abc"), region.segment()));
          region.force(0, 3);
        }
      }
    }
  }

  @Nested
  class ADirectFile {
    private static final int BLOCK = StorageFile.DIRECT_ALIGNMENT;

    private StorageFile open() throws IOException {
      return vfs.open(path, OpenMode.WRITE, Caching.DIRECT);
    }

    @Test
    void transfersAlignedMemory() throws IOException {
      MemorySegment frame = TestBytes.pattern(128 * BLOCK, 3);
      try (StorageFile direct = open()) {
        direct.write(5 * BLOCK, frame);
        direct.force();
        assertEquals(133 * BLOCK, direct.size());
        assertTrue(TestBytes.same(frame, TestBytes.readBack(direct, 5 * BLOCK, frame.byteSize())));
      }
      assertHolds(5 * BLOCK, frame);
    }

    @Test
    void readsToAnEndThatIsNotAligned() throws IOException {
      file.write(0, TestBytes.pattern(BLOCK + 100, 4));
      try (StorageFile direct = open()) {
        assertEquals(BLOCK + 100, direct.read(0, TestBytes.room(4 * BLOCK)));
        assertEquals(100, direct.read(BLOCK, TestBytes.room(BLOCK)));
        assertEquals(0, direct.read(2 * BLOCK, TestBytes.room(BLOCK)));
      }
    }

    @Test
    void refusesWhatIsNotAligned() throws IOException {
      MemorySegment room = TestBytes.room(3 * BLOCK);
      try (StorageFile direct = open()) {
        assertRefused(() -> direct.write(100, room));
        assertRefused(() -> direct.read(0, room.asSlice(0, 100)));
        assertRefused(() -> direct.read(0, room.asSlice(100, BLOCK)));
        assertRefused(() -> direct.read(0, MemorySegment.ofArray(new byte[BLOCK])));
      }
    }

    private void assertRefused(Executable transfer) {
      assertThrows(IllegalArgumentException.class, transfer);
    }

    @Test
    void isNotMapped() throws IOException {
      try (StorageFile direct = open()) {
        direct.write(0, TestBytes.room(BLOCK));
        assertThrows(UnsupportedOperationException.class, () -> direct.map(0, BLOCK));
      }
    }
  }

  @Nested
  class ARegion {
    @BeforeEach
    void fill() throws IOException {
      file.write(0, TestBytes.pattern(300_000, 5));
    }

    @Test
    void showsTheSameBytesAsTheFileBothWays() throws IOException {
      try (MappedRegion region = file.map(1000, 200_000)) {
        assertTrue(region.segment().isNative());
        assertHolds(1000, region.segment());
        region.segment().set(ValueLayout.JAVA_BYTE, 5, (byte) 77);
        region.dirty(5, 6);
        region.force(5, 6);
        assertHolds(1005, MemorySegment.ofArray(new byte[] {77}));
        file.write(900, TestBytes.room(500));
        assertEquals(-1, region.segment().asSlice(0, 400).mismatch(TestBytes.room(400)));
        assertHolds(0, TestBytes.pattern(300_000, 5).asSlice(0, 900));
      }
    }

    @Test
    void leavesItsBytesInTheFileWhenClosed() throws IOException {
      MappedRegion region = file.map(65_000, 100_000);
      region.segment().fill((byte) 9);
      region.close();
      region.close();
      MemorySegment nines = TestBytes.room(100_000);
      nines.fill((byte) 9);
      assertHolds(65_000, nines);
      assertHolds(165_000, TestBytes.pattern(300_000, 5).asSlice(165_000));
    }

    @Test
    void outlivesTheCloseOfItsFile() throws IOException {
      MappedRegion region = file.map(0, 10);
      file.close();
      region.segment().set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
      region.force(0, 10);
      region.close();
      file = vfs.open(path, OpenMode.READ, Caching.BUFFERED);
      assertHolds(0, MemorySegment.ofArray(new byte[] {1}));
    }

    @Test
    void isNoMoreAfterItsClose() throws IOException {
      MappedRegion region = file.map(0, 10);
      MemorySegment segment = region.segment();
      region.close();
      assertThrows(IllegalStateException.class, () -> segment.get(ValueLayout.JAVA_BYTE, 0));
      assertThrows(FileClosedException.class, () -> region.force(0, 10));
      assertThrows(IllegalStateException.class, () -> file.write(0, segment));
    }

    @Test
    void liesInsideTheFile() {
      assertThrows(EOFException.class, () -> file.map(299_999, 2));
      assertThrows(EOFException.class, () -> file.map(1L << 40, 1));
      assertThrows(IllegalArgumentException.class, () -> file.map(0, 0));
      assertThrows(IllegalArgumentException.class, () -> file.map(-1, 1));
    }

    @Test
    void doesNotOverlapAnother() throws IOException {
      try (MappedRegion first = file.map(1000, 1000);
          MappedRegion second = file.map(2000, 1000)) {
        assertThrows(IllegalStateException.class, () -> file.map(1999, 1));
        assertThrows(IllegalStateException.class, () -> file.map(0, 300_000));
        assertEquals(first.segment().byteSize(), second.segment().byteSize());
      }
      file.map(0, 300_000).close();
    }

    @Test
    void forcesOnlyWhatItHas() throws IOException {
      try (MappedRegion region = file.map(0, 10)) {
        region.force(3, 3);
        assertThrows(IndexOutOfBoundsException.class, () -> region.force(0, 11));
      }
    }
  }

  @Nested
  class AClosedFile {
    @Test
    void answersEveryCallWithATypedFailureThatNamesIt() throws IOException {
      file.close();
      file.close();
      assertClosed(() -> file.size());
      assertClosed(() -> file.read(0, TestBytes.room(1)));
      assertClosed(() -> file.write(0, TestBytes.room(1)));
      assertClosed(() -> file.writeZeros(0, 1));
      assertClosed(() -> file.truncate(0));
      assertClosed(() -> file.force());
      assertClosed(() -> file.map(0, 1));
    }

    private void assertClosed(Executable call) {
      FileClosedException failure = assertThrows(FileClosedException.class, call);
      assertTrue(String.valueOf(failure.getMessage()).contains(path.toString()));
    }
  }
}
