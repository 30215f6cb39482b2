package io.drey.journal;

import java.security.SecureRandom;

/**
 * Names one life of one segment: its number and the salt that enters every checksum in it.
 *
 * @param number positive, grows along the chain, never reused for a linked segment
 * @param salt arbitrary bits, different for every life of a file
 */
public record SegmentLink(long number, long salt) {

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  /** Refuses numbers that no {@link Position} can hold. */
  public SegmentLink {
    if (number <= 0 || number > Position.MAX_SEGMENT) {
      throw new IllegalArgumentException("segment number out of range: " + number);
    }
  }

  /** A link with a salt nobody has used; for the first segment of a journal's life. */
  public static SegmentLink fresh(long number) {
    return new SegmentLink(number, new SecureRandom().nextLong());
  }

  /**
   * The link of the segment after this one. Its salt follows from this one, so a journal's life is
   * a function of its first link; the first link of every life is {@link #fresh}.
   */
  SegmentLink following() {
    long mixed = (salt ^ number) + GOLDEN_GAMMA;
    mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return new SegmentLink(number + 1, mixed ^ mixed >>> 31);
  }
}
