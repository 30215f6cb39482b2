package io.drey.vfs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.vfs.Caching;
import io.drey.vfs.FileLease;
import io.drey.vfs.LeaseKind;
import io.drey.vfs.MappedRegion;
import io.drey.vfs.OpenMode;
import io.drey.vfs.StorageFile;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What {@link Vfs} promises of names and leases, whatever stands behind it. */
public abstract class VfsContract {
  private Vfs vfs;
  private Path root;

  /** The file system under test. */
  protected abstract Vfs vfs();

  /** An existing, empty directory in it. */
  protected abstract Path root() throws IOException;

  @BeforeEach
  final void findTheRoot() throws IOException {
    vfs = vfs();
    root = root();
  }

  private void create(Path file, String text) throws IOException {
    try (StorageFile created = vfs.open(file, OpenMode.CREATE_NEW, Caching.BUFFERED)) {
      created.write(0, TestBytes.text(text));
    }
  }

  private void assertHolds(Path file, String text) throws IOException {
    try (StorageFile opened = vfs.open(file, OpenMode.READ, Caching.BUFFERED)) {
      assertTrue(TestBytes.same(TestBytes.text(text), TestBytes.readBack(opened, 0, 100)));
    }
  }

  private static void assertNames(Path file, Exception failure) {
    String message = String.valueOf(failure.getMessage());
    assertTrue(message.contains(file.toString()), message);
  }

  @Nested
  class Opening {
    @Test
    void createsAFileThatDidNotExist() throws IOException {
      create(root.resolve("a"), "x");
      assertTrue(vfs.exists(root.resolve("a")));
    }

    @Test
    void refusesToCreateAFileThatExists() throws IOException {
      Path file = root.resolve("a");
      create(file, "x");
      assertNames(
          file, assertThrows(FileAlreadyExistsException.class, () -> create(file, "other")));
      assertHolds(file, "x");
    }

    @Test
    void refusesToReadOrWriteAFileThatIsMissing() {
      Path file = root.resolve("a");
      for (OpenMode mode : List.of(OpenMode.READ, OpenMode.WRITE)) {
        for (Caching caching : Caching.values()) {
          assertNames(
              file, assertThrows(NoSuchFileException.class, () -> vfs.open(file, mode, caching)));
        }
      }
    }

    @Test
    void refusesADirectory() {
      assertThrows(
          FileSystemException.class, () -> vfs.open(root, OpenMode.READ, Caching.BUFFERED));
    }

    @Test
    void findsTheSameFileByAnotherSpelling() throws IOException {
      create(root.resolve("a"), "x");
      assertHolds(root.resolve(".").resolve("a"), "x");
    }
  }

  @Nested
  class Names {
    @Test
    void areListedSortedAndWithoutTheirDirectory() throws IOException {
      create(root.resolve("b"), "");
      vfs.createDirectory(root.resolve("c"));
      create(root.resolve("c").resolve("inner"), "");
      create(root.resolve("a"), "");
      assertEquals(List.of("a", "b", "c"), vfs.list(root));
    }

    @Test
    void ofAMissingDirectoryCannotBeListed() {
      Path missing = root.resolve("none");
      assertNames(missing, assertThrows(NoSuchFileException.class, () -> vfs.list(missing)));
    }

    @Test
    void doNotExistBelowWhatDoesNotExist() throws IOException {
      assertFalse(vfs.exists(root.resolve("none").resolve("a")));
      assertTrue(vfs.exists(root));
    }

    @Test
    void canBeForced() throws IOException {
      create(root.resolve("a"), "x");
      vfs.forceDirectory(root);
      assertThrows(NoSuchFileException.class, () -> vfs.forceDirectory(root.resolve("none")));
    }
  }

  @Nested
  class ADirectory {
    @Test
    void isCreatedOnce() throws IOException {
      vfs.createDirectory(root.resolve("d"));
      assertThrows(FileAlreadyExistsException.class, () -> vfs.createDirectory(root.resolve("d")));
    }

    @Test
    void needsItsParent() {
      assertThrows(
          NoSuchFileException.class, () -> vfs.createDirectory(root.resolve("d").resolve("e")));
    }

    @Test
    void isDeletedOnlyWhenEmpty() throws IOException {
      Path directory = root.resolve("d");
      vfs.createDirectory(directory);
      create(directory.resolve("a"), "");
      assertThrows(DirectoryNotEmptyException.class, () -> vfs.delete(directory));
      vfs.delete(directory.resolve("a"));
      vfs.delete(directory);
      assertFalse(vfs.exists(directory));
    }

    @Test
    void takesItsFilesAlongWhenRenamed() throws IOException {
      vfs.createDirectory(root.resolve("d"));
      create(root.resolve("d").resolve("a"), "x");
      vfs.rename(root.resolve("d"), root.resolve("e"));
      assertHolds(root.resolve("e").resolve("a"), "x");
      assertFalse(vfs.exists(root.resolve("d")));
    }
  }

  @Nested
  class Renaming {
    @Test
    void replacesTheFileOfThatName() throws IOException {
      create(root.resolve("a"), "new");
      create(root.resolve("b"), "old");
      vfs.rename(root.resolve("a"), root.resolve("b"));
      assertEquals(List.of("b"), vfs.list(root));
      assertHolds(root.resolve("b"), "new");
    }

    @Test
    void toItselfChangesNothing() throws IOException {
      create(root.resolve("a"), "x");
      vfs.rename(root.resolve("a"), root.resolve("a"));
      assertHolds(root.resolve("a"), "x");
    }

    @Test
    void ofAMissingFileFails() {
      assertThrows(
          NoSuchFileException.class, () -> vfs.rename(root.resolve("a"), root.resolve("b")));
    }

    @Test
    void leavesOpenFilesAttachedToWhatTheyOpened() throws IOException {
      create(root.resolve("a"), "moved");
      create(root.resolve("b"), "replaced");
      try (StorageFile moved = vfs.open(root.resolve("a"), OpenMode.WRITE, Caching.BUFFERED);
          StorageFile replaced = vfs.open(root.resolve("b"), OpenMode.WRITE, Caching.BUFFERED)) {
        vfs.rename(root.resolve("a"), root.resolve("b"));
        moved.write(0, TestBytes.text("M"));
        replaced.write(0, TestBytes.text("R"));
        moved.force();
        replaced.force();
        assertHolds(root.resolve("b"), "Moved");
        assertEquals(8, replaced.size());
      }
    }
  }

  @Nested
  class Deleting {
    @Test
    void removesTheName() throws IOException {
      create(root.resolve("a"), "x");
      vfs.delete(root.resolve("a"));
      assertFalse(vfs.exists(root.resolve("a")));
    }

    @Test
    void ofAMissingFileFails() {
      Path file = root.resolve("a");
      assertNames(file, assertThrows(NoSuchFileException.class, () -> vfs.delete(file)));
    }

    @Test
    void leavesAnOpenFileUsable() throws IOException {
      create(root.resolve("a"), "gone");
      try (StorageFile open = vfs.open(root.resolve("a"), OpenMode.WRITE, Caching.BUFFERED)) {
        vfs.delete(root.resolve("a"));
        create(root.resolve("a"), "another");
        open.write(4, TestBytes.text("!"));
        open.force();
        assertEquals(5, open.size());
        try (MappedRegion region = open.map(0, 5)) {
          assertTrue(TestBytes.same(TestBytes.text("gone!"), region.segment()));
        }
        assertHolds(root.resolve("a"), "another");
      }
    }
  }

  @Nested
  class ALease {
    private @Nullable FileLease take(String name, LeaseKind kind) throws IOException {
      return vfs.lock(root.resolve(name), kind);
    }

    private FileLease taken(String name, LeaseKind kind) throws IOException {
      return Objects.requireNonNull(take(name, kind));
    }

    @Test
    void keepsBothKindsAwayWhileExclusive() throws IOException {
      try (FileLease held = taken("lock", LeaseKind.EXCLUSIVE)) {
        assertEquals(LeaseKind.EXCLUSIVE, held.kind());
        assertEquals(root.resolve("lock"), held.file());
        assertNull(take("lock", LeaseKind.EXCLUSIVE));
        assertNull(take("lock", LeaseKind.SHARED));
      }
    }

    @Test
    void isFreeAgainOnceClosedHoweverOften() throws IOException {
      FileLease first = taken("lock", LeaseKind.EXCLUSIVE);
      first.close();
      try (FileLease second = taken("lock", LeaseKind.EXCLUSIVE)) {
        assertNotNull(second);
        first.close();
        assertNull(take("lock", LeaseKind.EXCLUSIVE));
      }
    }

    @Test
    void isSharedUntilTheLastHolderCloses() throws IOException {
      create(root.resolve("lock"), "");
      FileLease first = taken("lock", LeaseKind.SHARED);
      FileLease second = taken("lock", LeaseKind.SHARED);
      assertNull(take("lock", LeaseKind.EXCLUSIVE));
      first.close();
      first.close();
      assertNull(take("lock", LeaseKind.EXCLUSIVE));
      second.close();
      try (FileLease exclusive = taken("lock", LeaseKind.EXCLUSIVE)) {
        assertNotNull(exclusive);
      }
    }

    @Test
    void createsNothingWhenShared() throws IOException {
      assertThrows(NoSuchFileException.class, () -> take("lock", LeaseKind.SHARED));
      assertFalse(vfs.exists(root.resolve("lock")));
    }

    @Test
    void isFoundUnderAnotherSpelling() throws IOException {
      try (FileLease held = taken("lock", LeaseKind.EXCLUSIVE)) {
        assertNotNull(held);
        Path detour = root.resolve("lock").resolve("..").resolve(".").resolve("lock").normalize();
        assertNull(vfs.lock(root.resolve(".").resolve("lock"), LeaseKind.EXCLUSIVE));
        assertNull(vfs.lock(detour, LeaseKind.EXCLUSIVE));
      }
    }

    @Test
    void outlivesTheNameOfItsFile() throws IOException {
      try (FileLease held = taken("lock", LeaseKind.EXCLUSIVE)) {
        assertNotNull(held);
        vfs.delete(root.resolve("lock"));
        assertNull(take("lock", LeaseKind.EXCLUSIVE));
        create(root.resolve("lock"), "");
        assertNull(take("lock", LeaseKind.EXCLUSIVE));
      }
      try (FileLease next = taken("lock", LeaseKind.EXCLUSIVE)) {
        assertNotNull(next);
      }
    }

    @Test
    void keepsItsFileFromBeingOpened() throws IOException {
      Path lock = root.resolve("lock");
      try (FileLease held = taken("lock", LeaseKind.EXCLUSIVE)) {
        assertNotNull(held);
        assertNames(
            lock,
            assertThrows(
                FileSystemException.class, () -> vfs.open(lock, OpenMode.READ, Caching.BUFFERED)));
      }
      assertHolds(lock, "");
    }

    @Test
    void onOneFileLeavesOthersFree() throws IOException {
      try (FileLease held = taken("lock", LeaseKind.EXCLUSIVE);
          FileLease other = taken("other", LeaseKind.EXCLUSIVE)) {
        assertNotNull(held);
        assertNotNull(other);
      }
    }
  }
}
