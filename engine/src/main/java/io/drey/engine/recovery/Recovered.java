package io.drey.engine.recovery;

import io.drey.engine.checkpoint.CheckpointParts;
import io.drey.engine.log.Health;
import io.drey.engine.log.MutationLog;
import io.drey.engine.pool.FramePool;
import io.drey.engine.pool.Gate;
import io.drey.engine.pool.ImageStore;
import io.drey.engine.pool.Residency;
import org.jspecify.annotations.Nullable;

/**
 * A store after opening.
 *
 * @param log null = open for reads alone
 * @param images null = a tree in memory
 * @param checkpoints what rounds work on; null = there are none
 * @param resources closed in this order when the store is closed, after the last round
 * @param findings what opening met
 */
public record Recovered(
    Gate gate,
    FramePool pool,
    Residency residency,
    Health health,
    @Nullable MutationLog log,
    @Nullable ImageStore images,
    @Nullable CheckpointParts checkpoints,
    Resources resources,
    Findings findings) {

  /**
   * What opening met.
   *
   * @param records journal records replayed
   * @param lastSeq the last change of the state that was recovered
   * @param tail how the journal ended, in words
   */
  public record Findings(long records, long lastSeq, String tail) {}
}
