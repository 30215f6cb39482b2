package io.drey.vfs;

import java.io.IOException;
import java.nio.file.Path;

class MemoryVfsTest extends VfsContract {
  private final Vfs vfs = Vfs.memory();

  @Override
  Vfs vfs() {
    return vfs;
  }

  @Override
  Path root() throws IOException {
    Path root = Path.of("/store");
    vfs.createDirectory(root);
    return root;
  }
}
