package io.drey.journal;

/** Types of records. The journal owns 1 to 15; everything from 16 on is opaque to it. */
public final class RecordType {

  /** A reservation that came to nothing; carries its sequence numbers, its body is zeros. */
  public static final int VOID = 1;

  /** The last record of a full or switched segment; its body is the {@link SegmentLink} behind. */
  public static final int SEGMENT_END = 2;

  /** The last record of a journal that was closed; no body. */
  public static final int CLEAN_CLOSE = 3;

  /** The first type that belongs to the engine. */
  public static final int FIRST_OF_ENGINE = 16;

  /** The largest type. */
  public static final int MAX = 255;

  private RecordType() {}
}
