package io.drey.engine.checkpoint;

/** Why a round is begun. */
public enum RoundReason {
  /** The user asked for it. */
  CALL("Call"),
  /** The store is being closed. */
  CLOSE("Close"),
  /** The journal behind the last round has outgrown the policy. */
  JOURNAL("Journal"),
  /** So large a share of the pool is dirty. */
  DIRTY_SHARE("Dirty Share"),
  /** Changes are older than the policy's interval. */
  INTERVAL("Interval"),
  /** Writers wait for it. */
  BACK_PRESSURE("Back-Pressure"),
  /** Images of the data file's tail have to move. */
  TRIM("Trim"),
  /** Many lives in a row ended in a crash without one. */
  RECOVERY("Recovery");

  final String label;

  RoundReason(String label) {
    this.label = label;
  }
}
