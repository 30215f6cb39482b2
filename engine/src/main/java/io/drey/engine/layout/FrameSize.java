package io.drey.engine.layout;

/**
 * The size of a frame and the limits that follow from it, fixed when this class is initialised.
 *
 * <p>512 KiB unless the system property {@code io.drey.frameBytes} names another power of two from
 * 8,192 to 524,288; small frames exist so that tests reach every restructuring with few records.
 * 512 KiB is also the largest size that a 16-bit reference in units of 8 bytes can address.
 */
public final class FrameSize {
  /** Bytes of a frame. */
  public static final int BYTES = configured();

  /** Bytes of a page: the unit of checksums, of cold reads and of alignment. */
  public static final int PAGE_BYTES = 4096;

  /** Pages in a frame. */
  public static final int PAGES = BYTES / PAGE_BYTES;

  /** Entries a frame may have at most. */
  public static final int MAX_ENTRIES = Math.min(256, BYTES / 128);

  /** The longest legal user key, bytes. */
  public static final int MAX_KEY_BYTES = Math.min(65_535, BYTES / 8 - 1);

  /** The longest legal value, bytes. */
  public static final int MAX_VALUE_BYTES = Math.min(65_535, BYTES / 8 - 1);

  /** Bytes of the tree id part that precedes every user key in the physical tree. */
  public static final int TREE_KEY_BYTES = 9;

  /** The longest physical key, bytes. */
  public static final int MAX_PHYSICAL_KEY_BYTES = TREE_KEY_BYTES + MAX_KEY_BYTES;

  /**
   * Bytes that must be readable behind the last frame of a chunk: more than any node that begins in
   * the frame can reach, whatever its lengths claim.
   */
  public static final int GUARD_BYTES = BYTES + 65_536;

  /** A reference times this is the byte offset in the frame. */
  public static final int REF_UNIT = 8;

  /** Binary logarithm of {@link #REF_UNIT}. */
  public static final int REF_SHIFT = 3;

  static {
    Bytes.require(Integer.bitCount(BYTES) == 1, "the frame size is a power of two");
    Bytes.require(BYTES >= 8192 && BYTES <= 524_288, "a frame is 8 KiB to 512 KiB");
    Bytes.require(BYTES / REF_UNIT <= 65_536, "16-bit references address the whole frame");
  }

  private FrameSize() {}

  private static int configured() {
    return Integer.getInteger("io.drey.frameBytes", 524_288);
  }
}
