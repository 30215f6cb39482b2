package io.drey.engine.log;

import io.drey.journal.Journal;
import java.util.concurrent.atomic.AtomicLong;

/** Sequence numbers without records, for trees without a journal. */
public final class CountingLog implements MutationLog {
  /** Bits of {@link #state} that count: those that count in a sequence number. */
  private static final int COUNTER_BITS = Journal.SEQ_COUNTER_BITS;

  private static final long COUNTER_MASK = (1L << COUNTER_BITS) - 1;

  /** Behind it there are numbers for more refusals than a process can ask for. */
  private static final long MOST = COUNTER_MASK - (1L << (COUNTER_BITS - 2));

  private final int maxBodyBytes;
  private final long firstSeq;

  /**
   * The numbers given out so far, and above them the lower 24 bits of the epoch. WHY these are
   * enough: what is compared are epochs that one change has met between two of its steps.
   */
  private final AtomicLong state = new AtomicLong();

  /**
   * @param firstSeq the first number to give out
   * @param maxBodyBytes the largest batch, the same as with a journal
   */
  public CountingLog(long firstSeq, int maxBodyBytes) {
    this.firstSeq = firstSeq;
    this.maxBodyBytes = maxBodyBytes;
  }

  @Override
  public void prepare(int bodyBytes) {}

  @Override
  public boolean isPrepared(int bodyBytes) {
    return true;
  }

  @Override
  public boolean isAcknowledged(long position) {
    return true;
  }

  @Override
  public boolean reserve(Place place, int bodyBytes, int seqCount, long epoch) {
    // An addition, and not a comparison that may fail: what is refused has used up its numbers.
    long before = state.getAndAdd(seqCount);
    long given = before & COUNTER_MASK;
    if (given >= MOST) {
      throw new IllegalStateException("the sequence numbers of this opening are used up");
    }
    if (before >>> COUNTER_BITS != bits(epoch)) {
      return false;
    }
    place.take(firstSeq + given);
    return true;
  }

  @Override
  public long beginEpoch(long epoch) {
    while (true) {
      long before = state.get();
      long given = before & COUNTER_MASK;
      if (state.compareAndSet(before, bits(epoch) << COUNTER_BITS | given)) {
        return firstSeq + given - 1;
      }
    }
  }

  private static long bits(long epoch) {
    return epoch & -1L >>> COUNTER_BITS;
  }

  @Override
  public void publish(Place place, int type, byte[] body, int length) {}

  @Override
  public void publishVoid(Place place) {}

  @Override
  public void acknowledge(long position) {}

  @Override
  public long lastSeq() {
    return firstSeq + (state.get() & COUNTER_MASK) - 1;
  }

  @Override
  public int maxBodyBytes() {
    return maxBodyBytes;
  }
}
