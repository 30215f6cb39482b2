package io.drey.engine.recovery;

import io.drey.engine.event.RecoveryPhase;
import org.jspecify.annotations.Nullable;

/** Tells of the steps of an opening, each from the end of the one before. One thread. */
final class OpeningSteps {
  private final long store;
  private @Nullable RecoveryPhase current;

  OpeningSteps(long store) {
    this.store = store;
  }

  /** The step before has ended. */
  void begin(String phase) {
    end(0);
    RecoveryPhase next = new RecoveryPhase();
    next.phase = phase;
    next.begin();
    current = next;
  }

  /**
   * @param records that the step worked on
   */
  void end(long records) {
    RecoveryPhase ended = current;
    current = null;
    if (ended != null) {
      ended.end();
      if (ended.shouldCommit()) {
        ended.store = store;
        ended.records = records;
        ended.commit();
      }
    }
  }
}
