package io.drey.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** INVARIANT V3: leases hold against other processes whatever this one does beside. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LeaseAcrossProcessesTest {
  private static ChildProcess child;

  @TempDir private Path directory;
  private final Vfs vfs = Vfs.disk();

  @BeforeAll
  static void startAChild() throws IOException {
    child = new ChildProcess(FileServant.class);
  }

  @AfterAll
  static void stopTheChild() {
    child.close();
  }

  @AfterEach
  void letTheChildGo() throws IOException {
    child.ask("release");
  }

  private String childTakes(LeaseKind kind) throws IOException {
    return child.ask(kind + " " + directory.resolve("lock"));
  }

  @Nested
  class HeldByAnotherProcess {
    @Test
    void isRefusedHereUntilGivenBack() throws IOException {
      Path lock = directory.resolve("lock");
      assertEquals("held", childTakes(LeaseKind.EXCLUSIVE));
      assertNull(vfs.lock(lock, LeaseKind.EXCLUSIVE));
      assertNull(vfs.lock(lock, LeaseKind.SHARED));
      child.ask("release");
      try (FileLease lease = vfs.lock(lock, LeaseKind.EXCLUSIVE)) {
        assertNotNull(lease);
      }
    }

    @Test
    void isFreeWhenThatProcessIsKilled() throws IOException {
      Path lock = directory.resolve("lock");
      try (ChildProcess victim = new ChildProcess(FileServant.class)) {
        assertEquals("held", victim.ask(LeaseKind.EXCLUSIVE + " " + lock));
        assertNull(vfs.lock(lock, LeaseKind.EXCLUSIVE));
      }
      try (FileLease lease = vfs.lock(lock, LeaseKind.EXCLUSIVE)) {
        assertNotNull(lease);
      }
    }
  }

  @Nested
  class HeldHere {
    @Test
    void keepsOtherProcessesAwayAfterRefusedTriesUnderAnySpelling() throws IOException {
      Path store = Files.createDirectory(directory.resolve("store"));
      Path linkedStore = Files.createSymbolicLink(directory.resolve("linked"), store);
      Path lock = store.resolve("lock");
      try (FileLease lease = vfs.lock(lock, LeaseKind.EXCLUSIVE)) {
        assertNotNull(lease);
        Path linkedLock = Files.createSymbolicLink(directory.resolve("link"), lock);
        Path hardLock = Files.createLink(directory.resolve("hard"), lock);
        Path detour = store.resolve("..").resolve("linked").resolve("lock");
        for (Path spelling :
            new Path[] {lock, linkedStore.resolve("lock"), linkedLock, hardLock, detour}) {
          assertNull(vfs.lock(spelling, LeaseKind.EXCLUSIVE), spelling.toString());
          assertNull(vfs.lock(spelling, LeaseKind.SHARED), spelling.toString());
          assertThrows(
              FileSystemException.class, () -> vfs.open(spelling, OpenMode.READ, Caching.BUFFERED));
          assertEquals("refused", child.ask(LeaseKind.EXCLUSIVE + " " + spelling));
        }
      }
      assertEquals("held", child.ask(LeaseKind.EXCLUSIVE + " " + lock));
    }

    @Test
    void isSharedAcrossProcessesUntilTheLastHolderHereCloses() throws IOException {
      Path lock = Files.createFile(directory.resolve("lock"));
      FileLease first = Objects.requireNonNull(vfs.lock(lock, LeaseKind.SHARED));
      FileLease second = Objects.requireNonNull(vfs.lock(lock, LeaseKind.SHARED));
      assertEquals("held", childTakes(LeaseKind.SHARED));
      child.ask("release");
      first.close();
      assertEquals("refused", childTakes(LeaseKind.EXCLUSIVE));
      second.close();
      assertEquals("held", childTakes(LeaseKind.EXCLUSIVE));
    }
  }

  @Nested
  class LockedHereByCodeThatSharesNoRegistry {
    @Test
    void isRefusedWithoutDroppingThatLock() throws IOException {
      Path lock = directory.resolve("lock");
      try (FileChannel foreign =
              FileChannel.open(lock, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
          FileLock locked = foreign.lock()) {
        assertNotNull(locked);
        assertNull(vfs.lock(lock, LeaseKind.EXCLUSIVE));
        assertNull(vfs.lock(lock, LeaseKind.EXCLUSIVE));
        assertEquals("refused", childTakes(LeaseKind.EXCLUSIVE));
      }
      try (FileLease lease = vfs.lock(lock, LeaseKind.EXCLUSIVE)) {
        assertNotNull(lease);
        assertEquals("refused", childTakes(LeaseKind.EXCLUSIVE));
      }
      assertEquals("held", childTakes(LeaseKind.EXCLUSIVE));
    }
  }
}
