package io.drey.engine.log;

import java.util.concurrent.atomic.AtomicLong;

/** Sequence numbers without records, for trees in memory. */
public final class CountingLog implements MutationLog {
  private final int maxBodyBytes;
  private final AtomicLong lastSeq = new AtomicLong();

  /**
   * @param maxBodyBytes the largest batch, the same as with a journal
   */
  public CountingLog(int maxBodyBytes) {
    this.maxBodyBytes = maxBodyBytes;
  }

  @Override
  public void prepare(int bodyBytes) {}

  @Override
  public boolean reserve(Place place, int bodyBytes, int seqCount) {
    place.take(lastSeq.getAndAdd(seqCount) + 1);
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
    return lastSeq.get();
  }

  @Override
  public int maxBodyBytes() {
    return maxBodyBytes;
  }
}
