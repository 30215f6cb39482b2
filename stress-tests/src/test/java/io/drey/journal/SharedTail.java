package io.drey.journal;

import org.jetbrains.lincheck.datastructures.Operation;

/**
 * A tail as writers and a checkpoint share it. The model checker sees its fields and its latch, not
 * the memory of the segments.
 */
public final class SharedTail {
  private final SmallTail journal = new SmallTail();

  /** The record's number, when it and all before it are complete. */
  @Operation
  public long append() {
    Reservation r = new Reservation();
    if (!journal.reserve(r)) {
      return 0;
    }
    long seq = r.seq();
    journal.store(r);
    journal.tail.publish(r);
    awaitPublished(r.position());
    return seq;
  }

  /** Records that are complete; negative if one is not whole. */
  @Operation
  public int records() {
    return journal.records(journal.tail.publishedEnd());
  }

  /** The last number before the switch, when all before it is complete; 0 without a segment. */
  @Operation(runOnce = true)
  public long switchSegment() {
    Switch parted = journal.tail.switchSegment(0, null);
    journal.tail.publishSwitch();
    if (parted == null) {
      return 0;
    }
    awaitPublished(parted.end() - 1);
    return parted.lastSeq();
  }

  private void awaitPublished(long position) {
    while (journal.tail.publishedEnd() <= position) {
      Thread.onSpinWait();
    }
  }

  /** What it means when nothing happens at the same time: two segments of two records each. */
  public static final class Model {
    private int segment;
    private int inSegment;
    private int count;

    public long append() {
      if (inSegment == SmallTail.RECORDS_A_SEGMENT) {
        if (segment == 1) {
          return 0;
        }
        next();
      }
      inSegment++;
      return SmallTail.FIRST_SEQ + count++;
    }

    private void next() {
      segment = 1;
      inSegment = 0;
    }

    public int records() {
      return count;
    }

    public long switchSegment() {
      if (segment == 1) {
        return 0;
      }
      next();
      return SmallTail.FIRST_SEQ + count - 1;
    }
  }
}
