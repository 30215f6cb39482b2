package io.drey;

import io.drey.testing.Limits;
import io.drey.vfs.Vfs;

/** Opens trees the way tests need it: on another file system, with small journal segments. */
public final class TreeOn {
  /** The smallest segments there are, for records of a few kilobytes. */
  public static final int SMALLEST_SEGMENT_BYTES = 64 << 10;

  /** Small segments that hold batches of a dozen of the longest keys and values. */
  public static final int SMALL_SEGMENT_BYTES =
      Math.max(SMALLEST_SEGMENT_BYTES, 64 * (Limits.KEY_BYTES_MAX + 1));

  private TreeOn() {}

  /** Opens a tree on the disk with small journal segments: many files, cheap to copy. */
  public static Tree smallSegments(TreeConfig config) {
    return Tree.open(config, Vfs.disk(), SMALL_SEGMENT_BYTES);
  }

  /** Opens a tree on {@code vfs} with the smallest journal segments. */
  @SuppressWarnings("exports") // no module exports tests
  public static Tree vfs(TreeConfig config, Vfs vfs) {
    return Tree.open(config, vfs, SMALLEST_SEGMENT_BYTES);
  }
}
