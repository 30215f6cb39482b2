package io.drey.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drey.vfs.contract.StorageFileContract;
import java.io.IOException;
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

  @Test
  @EnabledOnOs(OS.LINUX)
  void isBufferedWhereTheFileSystemRefusesDirectTransfers() throws IOException {
    try (StorageFile refused =
        vfs().open(Path.of("/proc/version"), OpenMode.READ, Caching.DIRECT)) {
      assertEquals(Caching.BUFFERED, refused.caching());
    }
  }
}
