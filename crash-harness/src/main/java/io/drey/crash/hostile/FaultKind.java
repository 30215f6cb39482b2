package io.drey.crash.hostile;

import java.util.Set;

/** How a disk fails. */
public enum FaultKind {
  /** Returns, and has made nothing durable. */
  LOST_FORCE(true, Effect.FORCE, Effect.MAPPED_FORCE, Effect.FORCE_DIRECTORY),
  /**
   * An I/O error; the call has no effect. A force that fails so leaves its pages marked clean: the
   * next force succeeds, and a power cut loses what the failed one was to save, unless it is
   * written again.
   */
  IO_ERROR(
      false,
      Effect.OPEN,
      Effect.CREATE,
      Effect.LOOK_UP,
      Effect.READ,
      Effect.WRITE,
      Effect.TRUNCATE,
      Effect.FORCE,
      Effect.MAP,
      Effect.MAPPED_FORCE,
      Effect.RENAME,
      Effect.DELETE,
      Effect.CREATE_DIRECTORY,
      Effect.FORCE_DIRECTORY,
      Effect.LOCK),
  /** No space: what would take room fails without effect. Writes that grow no file succeed. */
  NO_SPACE(false, Effect.CREATE, Effect.CREATE_DIRECTORY, Effect.WRITE, Effect.MAP, Effect.RENAME),
  /** A part of the write happens, then it fails. */
  SHORT_WRITE(false, Effect.WRITE),
  /** The write goes to another place of the same or of another file, and succeeds. */
  MISDIRECTED_WRITE(true, Effect.WRITE),
  /** The write happens, and once more at another place. */
  DUPLICATED_WRITE(true, Effect.WRITE),
  /** The read gives what was there before the last write to the range. */
  STALE_READ(true, Effect.READ),
  /** One bit is wrong: of what a read gives, or of what a write stores. */
  BIT_FLIP(true, Effect.READ, Effect.WRITE);

  private final boolean lies;

  @SuppressWarnings("ImmutableEnumChecker") // A set made by Set.of never changes.
  private final Set<Effect> effects;

  FaultKind(boolean lies, Effect... effects) {
    this.lies = lies;
    this.effects = Set.of(effects);
  }

  /**
   * Whether the disk says that all is well. Of a store on a lying disk one can ask no more than an
   * older state or a refusal, never a wrong value.
   */
  public boolean lies() {
    return lies;
  }

  /** Which calls can fail so. */
  public Set<Effect> effects() {
    return effects;
  }
}
