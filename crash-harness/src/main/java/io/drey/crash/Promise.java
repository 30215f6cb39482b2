package io.drey.crash;

/** What an acknowledged operation survives. Each constant includes those before it. */
public enum Promise {
  /** Nothing: a crash may take it. */
  NOTHING,
  /** A kill of the process. */
  PROCESS_KILL,
  /** A loss of power. */
  POWER_LOSS
}
