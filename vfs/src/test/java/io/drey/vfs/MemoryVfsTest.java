package io.drey.vfs;

import io.drey.vfs.contract.VfsContract;
import java.io.IOException;
import java.nio.file.Path;

class MemoryVfsTest extends VfsContract {
  private final Vfs vfs = Vfs.memory();

  @Override
  protected Vfs vfs() {
    return vfs;
  }

  @Override
  protected Path root() throws IOException {
    Path root = Path.of("/store");
    vfs.createDirectory(root);
    return root;
  }
}
