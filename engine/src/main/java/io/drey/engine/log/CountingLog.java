package io.drey.engine.log;

import java.util.concurrent.atomic.AtomicLong;

/** Sequence numbers without records, for trees without a journal. */
public final class CountingLog implements MutationLog {
  private final int maxBodyBytes;
  private final AtomicLong nextSeq;

  /**
   * @param firstSeq the first number to give out
   * @param maxBodyBytes the largest batch, the same as with a journal
   */
  public CountingLog(long firstSeq, int maxBodyBytes) {
    this.nextSeq = new AtomicLong(firstSeq);
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
  public boolean reserve(Place place, int bodyBytes, int seqCount) {
    place.take(nextSeq.getAndAdd(seqCount));
    return true;
  }

  @Override
  public void publish(Place place, int type, byte[] body, int length) {}

  @Override
  public void publishVoid(Place place) {}

  @Override
  public void acknowledge(long position) {}

  @Override
  public long lastSeq() {
    return nextSeq.get() - 1;
  }

  @Override
  public int maxBodyBytes() {
    return maxBodyBytes;
  }
}
