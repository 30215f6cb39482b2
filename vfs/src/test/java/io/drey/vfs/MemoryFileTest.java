package io.drey.vfs;

import io.drey.vfs.contract.StorageFileContract;
import java.nio.file.Path;

class MemoryFileTest extends StorageFileContract {
  private final Vfs vfs = Vfs.memory();

  @Override
  protected Vfs vfs() {
    return vfs;
  }

  @Override
  protected Path root() {
    return Path.of("");
  }
}
