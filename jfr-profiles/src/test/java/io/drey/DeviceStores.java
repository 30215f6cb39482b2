package io.drey;

import io.drey.vfs.Vfs;

/** Trees over a device of the test's own. */
public final class DeviceStores {
  private DeviceStores() {}

  /**
   * @param segmentBytes of a file of the journal
   */
  public static Tree open(TreeConfig config, Vfs device, int segmentBytes) {
    return Tree.open(config, device, segmentBytes);
  }
}
