package io.drey.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.Check;
import io.drey.CorruptionException;
import io.drey.LockedException;
import io.drey.StorageException;
import io.drey.engine.store.StoreDirectory.Content;
import io.drey.vfs.Caching;
import io.drey.vfs.FileLease;
import io.drey.vfs.OpenMode;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoreDirectoryTest {
  private final Vfs vfs = Vfs.memory();
  private final Path directory = Path.of("/store");

  private void hold(String... names) throws IOException {
    vfs.createDirectory(directory);
    for (String name : names) {
      vfs.open(directory.resolve(name), OpenMode.CREATE_NEW, Caching.BUFFERED).close();
    }
  }

  private Content classify() throws IOException {
    return StoreDirectory.classify(vfs, directory);
  }

  private void assertRefused(String reason) {
    StorageException error =
        assertThrows(
            StorageException.class, () -> StoreDirectory.lockForWriting(vfs, directory).close());
    String message = String.valueOf(error.getMessage());
    assertTrue(message.contains(reason), message);
  }

  @Nested
  final class AWriter {
    @Test
    void makesAMissingDirectoryAndLocksIt() throws IOException {
      try (FileLease lease = StoreDirectory.lockForWriting(vfs, directory)) {
        assertEquals(List.of("lock"), vfs.list(directory));
        assertEquals(Content.NEW, classify());
        assertEquals(directory.resolve("lock"), lease.file());
      }
    }

    @Test
    void makesAMissingDirectoryOnADisk(@TempDir Path temporary) throws IOException {
      Path made = temporary.resolve("store");
      StoreDirectory.lockForWriting(Vfs.disk(), made).close();
      assertEquals(Content.NEW, StoreDirectory.classify(Vfs.disk(), made));
    }

    @Test
    void isRefusedWhileAnotherHasTheStoreOpen() throws IOException {
      try (FileLease first = StoreDirectory.lockForWriting(vfs, directory)) {
        assertThrows(
            LockedException.class, () -> StoreDirectory.lockForWriting(vfs, directory).close());
        assertEquals(directory.resolve("lock"), first.file());
      }
    }

    @Test
    void isToldWhichParentIsMissing() {
      Path deep = Path.of("/none/store");
      StorageException error =
          assertThrows(
              StorageException.class, () -> StoreDirectory.lockForWriting(vfs, deep).close());
      assertTrue(String.valueOf(error.getMessage()).contains("/none"), error.getMessage());
    }

    @Test
    void isToldThatAFileIsNoDirectory() throws IOException {
      vfs.open(directory, OpenMode.CREATE_NEW, Caching.BUFFERED).close();
      assertRefused("it is a file");
    }

    @Test
    void changesNothingInADirectoryOfOthers() throws IOException {
      hold("notes.txt");
      assertRefused("notes.txt");
      assertEquals(List.of("notes.txt"), vfs.list(directory));
    }
  }

  @Nested
  final class AReader {
    @Test
    void isToldThatThereIsNoStore() throws IOException {
      assertThrows(
          StorageException.class, () -> StoreDirectory.lockForReading(vfs, directory).close());
      assertFalse(vfs.exists(directory));
      hold("lock");
      assertThrows(
          StorageException.class, () -> StoreDirectory.lockForReading(vfs, directory).close());
    }

    @Test
    void sharesAStoreWithAnotherReaderAndNoWriter() throws IOException {
      hold("lock", "manifest-1");
      try (FileLease one = StoreDirectory.lockForReading(vfs, directory);
          FileLease two = StoreDirectory.lockForReading(vfs, directory)) {
        assertEquals(one.kind(), two.kind());
        assertThrows(
            LockedException.class, () -> StoreDirectory.lockForWriting(vfs, directory).close());
      }
    }
  }

  @Nested
  final class TheContent {
    @Test
    void isNewWhenACreationWasCutShort() throws IOException {
      hold("lock", "manifest-1.tmp", "lost+found");
      assertEquals(Content.NEW, classify());
    }

    @Test
    void isAStoreWhateverElseLiesThere() throws IOException {
      hold("lock", "manifest-12", "data", "journal-0000000000000001", "README");
      assertEquals(Content.STORE, classify());
    }

    @Test
    void isDamagedWhenOnlyTheManifestIsMissing() throws IOException {
      hold("lock", "data", "README");
      CorruptionException error =
          assertThrows(CorruptionException.class, StoreDirectoryTest.this::classify);
      assertEquals(Check.FILE_PRESENT, error.check());
    }

    @Test
    void isDamagedWhenOnlyAJournalIsLeft() throws IOException {
      hold("journal-0000000000000001");
      assertThrows(CorruptionException.class, StoreDirectoryTest.this::classify);
    }

    @Test
    void isNotAStoreWhenAForeignDirectoryHoldsData() throws IOException {
      hold("data", "pom.xml");
      assertThrows(StorageException.class, StoreDirectoryTest.this::classify);
    }

    @Test
    void knowsManifestsByTheirExactNames() throws IOException {
      hold("manifest-01", "manifest-1x", "manifest-");
      assertThrows(StorageException.class, StoreDirectoryTest.this::classify);
    }
  }
}
