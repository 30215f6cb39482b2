package io.drey.crash;

/**
 * How far a {@link History} had come when a crash happened.
 *
 * @param started operations started; a state after more of them cannot be
 * @param processKill operations whose acknowledgement, or a later one, survives a kill
 * @param powerLoss operations whose acknowledgement, or a later one, survives a loss of power
 * @param highestVersion highest version acknowledged so far, 0 if none was
 */
public record Moment(int started, int processKill, int powerLoss, long highestVersion) {
  /** Operations that must be there after a crash which only this promise survives. */
  public int kept(Promise survived) {
    return switch (survived) {
      case NOTHING -> 0;
      case PROCESS_KILL -> processKill;
      case POWER_LOSS -> powerLoss;
    };
  }
}
