package io.drey.engine.store;

import java.io.IOException;

/** A commit was not acknowledged. The state in memory is the one before it. */
public final class CommitFailedException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What is certain after a failed commit, and what may be done. */
  public enum Outcome {
    /**
     * The commit has not happened, and what was left of it is gone from the disk. It may be
     * repeated, under the next number.
     */
    REPEATABLE,
    /** The commit has not happened, and no other will: the log has failed for good. */
    REFUSED,
    /**
     * The commit may or may not have happened; the next open finds out. The log has failed for
     * good.
     */
    UNKNOWN
  }

  private final long attempt;
  private final Outcome outcome;

  CommitFailedException(long attempt, Outcome outcome, IOException cause) {
    super("commit " + attempt + " of the manifest failed (" + outcome + "): " + cause, cause);
    this.attempt = attempt;
    this.outcome = outcome;
  }

  /** The number under which it was tried; never used again by this log. */
  public long attempt() {
    return attempt;
  }

  public Outcome outcome() {
    return outcome;
  }
}
