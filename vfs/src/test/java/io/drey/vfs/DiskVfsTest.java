package io.drey.vfs;

import io.drey.vfs.contract.VfsContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class DiskVfsTest extends VfsContract {
  @TempDir private Path directory;

  @Override
  protected Vfs vfs() {
    return Vfs.disk();
  }

  @Override
  protected Path root() {
    return directory;
  }
}
