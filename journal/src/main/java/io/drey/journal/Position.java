package io.drey.journal;

/**
 * A place in the journal as one long: segment number in the upper 40 bits, byte offset in the lower
 * 24. Positions order as the bytes of the journal do, over all segments.
 */
public final class Position {

  private static final int OFFSET_BITS = 24;
  private static final long OFFSET_MASK = (1L << OFFSET_BITS) - 1;

  /** The largest segment number a position can name. */
  public static final long MAX_SEGMENT = (1L << (63 - OFFSET_BITS)) - 1;

  /** The largest size of a segment in bytes; no record ends at or beyond it. */
  public static final int MAX_SEGMENT_BYTES = 1 << OFFSET_BITS;

  private Position() {}

  /** The position of byte {@code offset} in segment {@code segment}. */
  public static long of(long segment, int offset) {
    assert segment >= 0 && segment <= MAX_SEGMENT && offset >= 0 && offset <= OFFSET_MASK;
    return segment << OFFSET_BITS | offset;
  }

  /** The number of the segment that holds {@code position}. */
  public static long segment(long position) {
    return position >>> OFFSET_BITS;
  }

  /** The byte offset of {@code position} in its segment. */
  public static int offset(long position) {
    return (int) (position & OFFSET_MASK);
  }

  /** {@code segment:offset}, for messages. */
  public static String text(long position) {
    return segment(position) + ":" + offset(position);
  }
}
