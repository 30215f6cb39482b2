package io.drey.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.vfs.contract.StorageFileContract;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DiskFileTest extends StorageFileContract {
  @TempDir private Path directory;

  @Override
  protected Vfs vfs() {
    return Vfs.disk();
  }

  @Override
  protected Path root() {
    return directory;
  }

  /** The system counts a page for this process when a store makes it dirty. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void forcesFewBytesForASmallStoreIntoMappedZeros() throws IOException {
    long stores = 50;
    long bytes = 4 << 20;
    try (StorageFile file =
        vfs().open(directory.resolve("zeros"), OpenMode.CREATE_NEW, Caching.BUFFERED)) {
      file.writeZeros(0, bytes);
      file.force();
      try (MappedRegion region = file.map(0, bytes)) {
        long before = bytesMadeDirty();
        for (long i = 0; i < stores; i++) {
          region.segment().set(ValueLayout.JAVA_LONG, i * bytes / stores & -8, 1);
          region.force(i * bytes / stores & -8, (i * bytes / stores & -8) + 8);
        }
        assertTrue(bytesMadeDirty() - before < stores * (64 << 10));
      }
    }
  }

  private static long bytesMadeDirty() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/io")).stream()
        .filter(line -> line.startsWith("write_bytes:"))
        .mapToLong(line -> Long.parseLong(line.substring("write_bytes:".length()).strip()))
        .sum();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void isBufferedWhereTheFileSystemRefusesDirectTransfers() throws IOException {
    try (StorageFile refused =
        vfs().open(Path.of("/proc/version"), OpenMode.READ, Caching.DIRECT)) {
      assertEquals(Caching.BUFFERED, refused.caching());
    }
  }
}
