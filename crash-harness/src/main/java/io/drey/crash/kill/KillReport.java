package io.drey.crash.kill;

import io.drey.crash.CampaignReport;

/**
 * What a kill campaign did and found.
 *
 * @param campaign its states are the rounds
 * @param kills children that were killed, each seen to have ended by SIGKILL
 * @param inRecovery of those, before the store was open
 * @param atPoints of those, at a kill point
 * @param operations operations acknowledged in all rounds
 */
public record KillReport(
    CampaignReport campaign, long kills, long inRecovery, long atPoints, long operations) {
  /** The numbers in one line. */
  public String line() {
    return "%s; %,d kills, %,d of them in recovery, %,d at a point, over %,d operations"
        .formatted(campaign.line(), kills, inRecovery, atPoints, operations);
  }
}
