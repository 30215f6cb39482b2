package io.drey.engine.checkpoint;

import io.drey.engine.event.Checkpoint;
import io.drey.engine.event.CheckpointPhase;
import io.drey.engine.layout.FrameSize;
import org.jspecify.annotations.Nullable;

/**
 * Tells of one round and its phases. The end of a phase is the beginning of the next one, so that
 * they add up to the round's duration.
 */
final class RoundEvents {
  private final long store;
  private final Checkpoint round = new Checkpoint();
  private CheckpointPhase phase = new CheckpointPhase();
  private RoundPhase current = RoundPhase.QUIESCE;
  private long began;

  /**
   * @param checkpoint its number if it succeeds
   */
  RoundEvents(long store, long checkpoint, RoundReason reason) {
    this.store = store;
    round.store = store;
    round.checkpoint = checkpoint;
    round.reason = reason.label;
    round.begin();
    phase.begin();
    began = System.nanoTime();
  }

  /** What the round makes needless. */
  void journalBytes(long bytes) {
    round.journalBytes = bytes;
  }

  /** For so long nobody could change a blob for the first time. */
  void parted(long nanos) {
    round.parting = nanos;
  }

  void captured(int blobs) {
    round.blobs = blobs;
  }

  void written() {
    round.written++;
    round.bytes += FrameSize.BYTES;
  }

  /** The phase before has ended. */
  void begin(RoundPhase next) {
    endPhase();
    current = next;
    phase = new CheckpointPhase();
    phase.begin();
  }

  private void endPhase() {
    long now = System.nanoTime();
    long nanos = now - began;
    began = now;
    switch (current) {
      case QUIESCE -> round.quiesce = nanos;
      case SEAL -> round.seal = nanos;
      case WRITE -> round.write = nanos;
      case FORCE -> round.force = nanos;
      case COMMIT -> round.commit = nanos;
      case RELEASE -> round.release = nanos;
      case RECYCLE -> round.recycle = nanos;
    }
    phase.end();
    if (phase.shouldCommit()) {
      phase.store = store;
      phase.checkpoint = round.checkpoint;
      phase.phase = current.label();
      phase.blobs = current == RoundPhase.WRITE ? round.written : round.blobs;
      phase.bytes =
          switch (current) {
            case SEAL, RECYCLE -> round.journalBytes;
            case WRITE, FORCE -> round.bytes;
            case QUIESCE, COMMIT, RELEASE -> 0;
          };
      phase.commit();
    }
  }

  /**
   * @param failure why the round came to nothing
   */
  void end(@Nullable Throwable failure) {
    endPhase();
    round.end();
    if (round.shouldCommit()) {
      round.failure = failure == null ? null : failure.toString();
      round.commit();
    }
  }
}
