package io.drey.crash.disk;

import io.drey.vfs.Vfs;
import io.drey.vfs.contract.StorageFileContract;
import java.nio.file.Path;

class SimulatedFileContractTest extends StorageFileContract {
  private final SimulatedDisk disk = new SimulatedDisk();

  @Override
  protected Vfs vfs() {
    return disk;
  }

  @Override
  protected Path root() {
    return Path.of("");
  }
}
