package io.drey.crash.hostile;

import java.util.Set;

/** How a disk fails. */
public enum FaultKind {
  /** Returns, and has made nothing durable. */
  LOST_FORCE(true, CallKind.FORCE, CallKind.MAPPED_FORCE, CallKind.FORCE_DIRECTORY),
  /**
   * An I/O error; the call has no effect. A force that fails so leaves its pages marked clean: the
   * next force succeeds, and a power cut loses what the failed one was to save, unless it is
   * written again.
   */
  IO_ERROR(
      false,
      CallKind.OPEN,
      CallKind.CREATE,
      CallKind.LOOK_UP,
      CallKind.READ,
      CallKind.WRITE,
      CallKind.TRUNCATE,
      CallKind.FORCE,
      CallKind.MAP,
      CallKind.MAPPED_FORCE,
      CallKind.RENAME,
      CallKind.DELETE,
      CallKind.CREATE_DIRECTORY,
      CallKind.FORCE_DIRECTORY,
      CallKind.LOCK),
  /** No space: what would take room fails without effect. Writes that grow no file succeed. */
  NO_SPACE(
      false,
      CallKind.CREATE,
      CallKind.CREATE_DIRECTORY,
      CallKind.WRITE,
      CallKind.MAP,
      CallKind.RENAME),
  /** A part of the write happens, then it fails. */
  SHORT_WRITE(false, CallKind.WRITE),
  /** The write goes to another place of the same or of another file, and succeeds. */
  MISDIRECTED_WRITE(true, CallKind.WRITE),
  /** The write happens, and once more at another place. */
  DUPLICATED_WRITE(true, CallKind.WRITE),
  /** The read gives what was there before the last write to the range. */
  STALE_READ(true, CallKind.READ),
  /** One bit is wrong: of what a read gives, or of what a write stores. */
  BIT_FLIP(true, CallKind.READ, CallKind.WRITE);

  private final boolean lies;

  @SuppressWarnings("ImmutableEnumChecker") // A set made by Set.of never changes.
  private final Set<CallKind> strikes;

  FaultKind(boolean lies, CallKind... strikes) {
    this.lies = lies;
    this.strikes = Set.of(strikes);
  }

  /**
   * Whether the disk says that all is well. Of a store on a lying disk one can ask no more than an
   * older state or a refusal, never a wrong value.
   */
  public boolean lies() {
    return lies;
  }

  /** Which calls can fail so. */
  public Set<CallKind> strikes() {
    return strikes;
  }
}
