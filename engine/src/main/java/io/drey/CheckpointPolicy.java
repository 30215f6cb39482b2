package io.drey;

import java.time.Duration;
import java.util.Objects;

/**
 * When checkpoints happen by themselves.
 *
 * <p>A round is due when any of the three measures is reached and something has changed since the
 * last one. {@code checkpoint()} and {@code close()} run a round whatever the policy says.
 *
 * <p>In the background the journal has a hard limit: four times {@code journalBytes}, or four of
 * its files where that is more. A write that meets it waits for a round, and fails with the round's
 * error, having changed nothing, when that fails. Deletes may pass the limit by half of it. More
 * journal means fewer rounds under load, and after a crash more to replay: up to the limit.
 *
 * @param background whether the store checkpoints by itself; when not, the other components mean
 *     nothing, and the journal grows until somebody calls {@code checkpoint()}
 * @param interval the longest time between a change and the round that writes it down; above zero
 * @param journalBytes the journal's bytes since the last round; above zero
 * @param dirtyShare the changed share of the pool, above 0 and at most 1
 */
public record CheckpointPolicy(
    boolean background, Duration interval, long journalBytes, double dirtyShare) {
  private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(60);
  private static final long DEFAULT_JOURNAL_BYTES = 64L << 20;
  private static final double DEFAULT_DIRTY_SHARE = 0.25;

  /** Refuses measures out of their range with {@link IllegalArgumentException}. */
  public CheckpointPolicy {
    Objects.requireNonNull(interval, "interval");
    if (interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException("interval must be above zero, is " + interval);
    }
    if (journalBytes <= 0) {
      throw new IllegalArgumentException("journalBytes must be above zero, is " + journalBytes);
    }
    if (!(dirtyShare > 0 && dirtyShare <= 1)) {
      throw new IllegalArgumentException(
          "dirtyShare must be above 0 and at most 1, is " + dirtyShare);
    }
  }

  /** In the background: every 60 seconds, 64 MiB of journal or a quarter of the pool. */
  public static CheckpointPolicy defaults() {
    return new CheckpointPolicy(true, DEFAULT_INTERVAL, DEFAULT_JOURNAL_BYTES, DEFAULT_DIRTY_SHARE);
  }

  /** Only when {@code checkpoint()} or {@code close()} is called. */
  public static CheckpointPolicy onRequest() {
    return new CheckpointPolicy(
        false, DEFAULT_INTERVAL, DEFAULT_JOURNAL_BYTES, DEFAULT_DIRTY_SHARE);
  }
}
