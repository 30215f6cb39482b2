package io.drey;

import io.drey.vfs.Vfs;

/** Opens trees in any file system, for tests in other packages. */
public final class TreeInside {
  private TreeInside() {}

  /** A tree whose journal has segments of another size than usual. */
  public static Tree open(TreeConfig config, Vfs vfs, int segmentBytes) {
    return Tree.open(config, vfs, segmentBytes);
  }
}
