package io.drey.testing;

/** Limits that the documentation promises, computed apart from the engine's own constants. */
public final class Limits {
  /** Bytes of a frame in this process. */
  public static final int FRAME_BYTES = Integer.getInteger("io.drey.frameBytes", 512 << 10);

  /** The longest key, and the longest value, in bytes. */
  public static final int KEY_BYTES_MAX = Math.min(65_535, FRAME_BYTES / 8 - 1);

  private Limits() {}
}
