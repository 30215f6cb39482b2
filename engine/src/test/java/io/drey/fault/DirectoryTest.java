package io.drey.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.CorruptionException;
import io.drey.DreyException;
import io.drey.FormatException;
import io.drey.LockedException;
import io.drey.StorageException;
import io.drey.Tree;
import io.drey.testing.ChildProcess;
import io.drey.testing.Directories;
import io.drey.testing.Mount;
import io.drey.testing.Stores;
import io.drey.testing.Watchdog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories that cannot be opened, and why. */
@Tag("both-sizes")
class DirectoryTest {
  private static final int RECORDS = 500;

  @TempDir Path ground;

  private Path store() {
    Path directory = ground.resolve("store");
    try (Tree tree = Tree.open(Stores.config(directory))) {
      Stores.fill(tree, 0, RECORDS);
    }
    return directory;
  }

  private static void assertWhole(Path directory) {
    try (Tree tree = Tree.open(Stores.config(directory))) {
      Stores.verify(tree, RECORDS);
    }
  }

  private static <E extends DreyException> E assertRefused(Class<E> type, Path directory) {
    E refusal = assertThrows(type, () -> Tree.open(Stores.config(directory)));
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains(directory.toString()), "names no directory: " + message);
    return refusal;
  }

  @Nested
  class AMissingDirectory {
    @Test
    void isMadeWhenItsParentExists() {
      Path directory = ground.resolve("new");
      Tree.open(Stores.config(directory)).close();
      assertTrue(Files.isDirectory(directory));
    }

    @Test
    void isRefusedWhenItsParentIsMissingToo() throws IOException {
      Path directory = ground.resolve("missing").resolve("new");
      assertRefused(StorageException.class, directory);
      assertFalse(Files.exists(ground.resolve("missing")));
      Files.createDirectory(ground.resolve("missing"));
      Tree.open(Stores.config(directory)).close();
    }
  }

  @Nested
  class AFileInPlaceOfTheDirectory {
    @Test
    void isRefusedAndLeftAlone() throws IOException {
      Path file = ground.resolve("file");
      Files.writeString(file, "content");
      assertRefused(StorageException.class, file);
      assertEquals("content", Files.readString(file));
    }
  }

  /** A read-only bind mount: rights mean nothing to root, who may run this. */
  @Nested
  class ADirectoryThatMustNotBeWritten {
    @Test
    void isRefusedAndOpensAgainOnceItMay() throws Exception {
      Path directory = store();
      try (Mount mount = Mount.readOnly(directory)) {
        assertRefused(StorageException.class, directory);
        assertTrue(mount.isActive());
      }
      assertWhole(directory);
    }
  }

  @Nested
  class ADirectoryThatIsNoStore {
    @Test
    void isRefusedWhenItsManifestIsSomethingElse() throws IOException {
      Path directory = Files.createDirectory(ground.resolve("other"));
      byte[] text = "this is a text file and no manifest\n".repeat(200).getBytes(ISO_8859_1);
      Files.write(directory.resolve("manifest-1"), text);
      CorruptionException refusal = assertRefused(CorruptionException.class, directory);
      assertEquals(directory.resolve("manifest-1"), refusal.file());
      assertTrue(Arrays.equals(text, Files.readAllBytes(directory.resolve("manifest-1"))));
    }

    @Test
    void isRefusedWhenItHasDataAndNoManifest() throws IOException {
      Path directory = Files.createDirectory(ground.resolve("other"));
      Files.write(directory.resolve("data"), new byte[100]);
      assertRefused(CorruptionException.class, directory);
      assertEquals(100, Files.size(directory.resolve("data")));
    }

    @Test
    void isRefusedWhenItHasAJournalAndNoManifest() throws IOException {
      Path directory = store();
      for (Path file : Directories.files(directory)) {
        if (!file.getFileName().toString().startsWith("journal")) {
          Files.delete(file);
        }
      }
      List<Path> left = Directories.files(directory);
      assertRefused(CorruptionException.class, directory);
      assertTrue(Directories.files(directory).containsAll(left));
    }

    @Test
    void beginsAnewWhenNothingButALockIsThere() throws IOException {
      Path directory = Files.createDirectory(ground.resolve("begun"));
      Files.createFile(directory.resolve("lock"));
      try (Tree tree = Tree.open(Stores.config(directory))) {
        Stores.verify(tree, 0);
      }
    }
  }

  @Nested
  class AStoreOfAnotherVersion {
    private static final int VERSION_AT = 8;
    private static final int CHECKSUM_AT = 60;

    @Test
    void isRefusedWithBothVersionsAndLeftAlone() throws IOException {
      Path directory = store();
      Path manifest =
          Directories.files(directory).stream()
              .filter(file -> file.getFileName().toString().startsWith("manifest-"))
              .toList()
              .getLast();
      byte[] original = Files.readAllBytes(manifest);
      byte[] other = original.clone();
      ByteBuffer header = ByteBuffer.wrap(other).order(ByteOrder.LITTLE_ENDIAN);
      int version = header.getInt(VERSION_AT);
      header.putInt(VERSION_AT, version + 1);
      CRC32C checksum = new CRC32C();
      checksum.update(other, 0, CHECKSUM_AT);
      header.putInt(CHECKSUM_AT, (int) checksum.getValue());
      Files.write(manifest, other);
      FormatException refusal = assertRefused(FormatException.class, directory);
      assertEquals(manifest, refusal.file());
      assertEquals(version + 1, refusal.found());
      assertEquals(version, refusal.expected());
      assertTrue(Arrays.equals(other, Files.readAllBytes(manifest)));
      Files.write(manifest, original);
      assertWhole(directory);
    }
  }

  @Nested
  class AStoreThatIsOpen {
    @Test
    void isRefusedInTheSameProcessUntilItIsClosed() {
      Path directory = store();
      try (Tree tree = Tree.open(Stores.config(directory))) {
        LockedException refusal = assertRefused(LockedException.class, directory);
        assertEquals(directory, refusal.directory());
        Stores.verify(tree, RECORDS);
        tree.set(Stores.key(0), Stores.value(0));
      }
      assertWhole(directory);
    }

    @Test
    void isRefusedUnderAnotherName() throws IOException {
      Path directory = store();
      Path link = Files.createSymbolicLink(ground.resolve("link"), directory);
      Path roundabout = directory.resolve("..").resolve("store");
      try (Tree tree = Tree.open(Stores.config(directory))) {
        assertRefused(LockedException.class, link);
        assertRefused(LockedException.class, roundabout);
        Stores.verify(tree, RECORDS);
      }
      assertWhole(link);
    }

    @Test
    void isRefusedToAnotherProcess() throws Exception {
      Path directory = store();
      try (Tree tree = Tree.open(Stores.config(directory));
          ChildProcess child = ChildProcess.start(StoreHolder.class, directory.toString())) {
        Watchdog.within(
            Duration.ofSeconds(60), () -> assertEquals(null, child.line(), "the child opened it"));
        assertEquals(1, child.end());
        Stores.verify(tree, RECORDS);
      }
    }

    @Test
    void isRefusedWhileAnotherProcessHoldsItAndFreeWhenThatIsKilled() throws Exception {
      Path directory = store();
      try (ChildProcess child = ChildProcess.start(StoreHolder.class, directory.toString())) {
        Watchdog.within(Duration.ofSeconds(60), () -> assertEquals("open false", child.line()));
        assertRefused(LockedException.class, directory);
        child.kill();
      }
      assertWhole(directory);
    }
  }
}
