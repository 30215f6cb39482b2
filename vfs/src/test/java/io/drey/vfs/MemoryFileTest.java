package io.drey.vfs;

import java.nio.file.Path;

class MemoryFileTest extends StorageFileContract {
  private final Vfs vfs = Vfs.memory();

  @Override
  Vfs vfs() {
    return vfs;
  }

  @Override
  Path root() {
    return Path.of("");
  }
}
