package io.drey.vfs;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class DiskVfsTest extends VfsContract {
  @TempDir private Path directory;

  @Override
  Vfs vfs() {
    return Vfs.disk();
  }

  @Override
  Path root() {
    return directory;
  }
}
