package io.drey.engine.art;

import io.drey.engine.frame.Frame;
import io.drey.engine.layout.FrameSize;

/**
 * Where a record is, as one long: the offset of its leaf, the number of its frame, and where a walk
 * does not know it beforehand the length of its key. True inside the gate.
 */
public final class RecordPlace {
  /** There is no such record. Negative: {@code ~blob} of the blob that a walk did not find. */
  public static final long ABSENT = 0;

  private static final int NODE_BITS = 20;
  private static final int FRAME_BITS = 27;

  static {
    if (FrameSize.BYTES > 1 << NODE_BITS || FrameSize.MAX_KEY_BYTES >= 1 << 16) {
      throw new ExceptionInInitializerError("a place and a key's length do not fit one long");
    }
  }

  private RecordPlace() {}

  /** The place of the leaf at offset {@code leaf} of {@code frame}. */
  static long of(Frame frame, long leaf) {
    return (long) frame.index << NODE_BITS | leaf;
  }

  /** As {@link #of(Frame, long)}, with the length of the record's user key. */
  static long of(Frame frame, long leaf, int keyLength) {
    return (long) keyLength << (NODE_BITS + FRAME_BITS) | of(frame, leaf);
  }

  /** The number of the record's frame. */
  public static int frameIndex(long place) {
    return (int) (place >>> NODE_BITS) & ((1 << FRAME_BITS) - 1);
  }

  /** The offset in its frame of the record's leaf. */
  public static int leaf(long place) {
    return (int) place & ((1 << NODE_BITS) - 1);
  }

  /** The length of the record's user key, where the place has it. */
  public static int keyLength(long place) {
    return (int) (place >>> (NODE_BITS + FRAME_BITS));
  }
}
