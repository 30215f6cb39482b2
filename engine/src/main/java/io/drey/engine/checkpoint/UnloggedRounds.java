package io.drey.engine.checkpoint;

import io.drey.engine.log.MutationLog;
import io.drey.journal.SegmentLink;
import io.drey.journal.Switch;

/** Rounds of a store without a journal: there is nothing to part, force or recycle. */
public final class UnloggedRounds implements RoundLog {
  private final MutationLog log;
  private final SegmentLink start;

  /**
   * Rounds of a store whose changes are only numbered.
   *
   * @param log where sequence numbers come from
   * @param start what the head of the store says for good where it would name a segment
   */
  public UnloggedRounds(MutationLog log, SegmentLink start) {
    this.log = log;
    this.start = start;
  }

  @Override
  public void prepare() {}

  @Override
  public Switch part(long epoch) {
    return new Switch(log.beginEpoch(epoch), 0, start);
  }

  @Override
  public void parted() {}

  @Override
  public void seal(Switch cut) {}

  @Override
  public void recycle(Switch cut) {}

  @Override
  public long forcedMark() {
    return 0;
  }

  @Override
  public long lastSeq() {
    return log.lastSeq();
  }

  @Override
  public long bytesSinceCut() {
    return 0;
  }

  @Override
  public long bytes() {
    return 0;
  }

  @Override
  public long file() {
    return 0;
  }

  @Override
  public long bytesFrom(long file) {
    return 0;
  }

  @Override
  public long fileBytes() {
    return 0;
  }

  @Override
  public long forces() {
    return 0;
  }

  @Override
  public boolean keepsChanges() {
    return false;
  }
}
