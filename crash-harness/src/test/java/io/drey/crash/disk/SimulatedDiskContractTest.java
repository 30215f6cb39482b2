package io.drey.crash.disk;

import io.drey.vfs.Vfs;
import io.drey.vfs.contract.VfsContract;
import java.io.IOException;
import java.nio.file.Path;

class SimulatedDiskContractTest extends VfsContract {
  private final SimulatedDisk disk = new SimulatedDisk();

  @Override
  protected Vfs vfs() {
    return disk;
  }

  @Override
  protected Path root() throws IOException {
    Path root = Path.of("/store");
    disk.createDirectory(root);
    return root;
  }
}
