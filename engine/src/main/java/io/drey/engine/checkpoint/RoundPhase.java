package io.drey.engine.checkpoint;

import java.util.Locale;

/**
 * The phases of a checkpoint in their order.
 *
 * <p>ORDER: each phase ends before the next begins, and a phase that fails ends the round. Until
 * {@link #COMMIT} has returned, the disk holds exactly the previous checkpoint.
 */
public enum RoundPhase {
  /** An epoch ends, which is the moment; the journal switches segments; images are captured. */
  QUIESCE,
  /** The journal up to that moment is forced, so that no image is older on disk than its record. */
  SEAL,
  /** Every image that changed is written to a slot that no manifest names. */
  WRITE,
  /** The data file is forced: all those writes are on stable storage. */
  FORCE,
  /** One manifest record names the new slots and is forced: the commit point. */
  COMMIT,
  /** Slots and blob ids that only the previous checkpoint named become free. */
  RELEASE,
  /** Journal segments before the noted moment are recycled. */
  RECYCLE;

  private final String label = name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);

  /** Its name in events. */
  String label() {
    return label;
  }
}
