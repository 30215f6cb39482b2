package io.drey.engine.checkpoint;

import io.drey.engine.log.MutationLog;
import io.drey.journal.Switch;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The log of changes as rounds see it: parted at the moment of a round, made safe up to it, and
 * given up once the round's commit has made it needless.
 */
public interface RoundLog {
  /** Makes ready what {@link #part} needs; outside the gate. */
  void prepare() throws IOException;

  /**
   * Parts the log where it begins an epoch, as {@link MutationLog#beginEpoch} does; null = prepare
   * again, but the epoch has begun.
   */
  @Nullable Switch part(long epoch);

  /** Completes {@link #part}, once the epoch has ended. */
  void parted();

  /** Returns when everything before the cut is on stable storage. */
  void seal(Switch cut) throws IOException;

  /** Gives up what is before the cut, after the commit. */
  void recycle(Switch cut) throws IOException;

  /** A position before which everything is on stable storage. */
  long forcedMark();

  /** The last sequence number given out. */
  long lastSeq();

  /** What has been logged since the last cut. */
  long bytesSinceCut();

  /** All that has been logged. */
  long bytes();

  /** The number of the file that is logged to. */
  long file();

  /** What the log's files take from number {@code file} on. */
  long bytesFrom(long file);

  /** The size of one of the log's files. */
  long fileBytes();

  long forces();

  /** Whether an acknowledged change is in the log, and so outlives the process without a round. */
  boolean keepsChanges();
}
