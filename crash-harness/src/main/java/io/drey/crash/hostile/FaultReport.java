package io.drey.crash.hostile;

import io.drey.crash.CampaignReport;
import java.util.Map;

/**
 * What a fault campaign did and found.
 *
 * @param campaign its states are the faults that struck and the damages done
 * @param struck runs in which the fault struck, by kind
 * @param missed runs in which it did not, for instance because other calls came first, or that were
 *     left out because runs like them hang
 * @param complete damaged stores that still held everything
 * @param older damaged stores that held what was there after an earlier operation
 * @param refused damaged stores that said so
 */
public record FaultReport(
    CampaignReport campaign,
    Map<FaultKind, Long> struck,
    long missed,
    long complete,
    long older,
    long refused) {
  /** The numbers in one line. */
  public String line() {
    return "%s; struck %s, missed %,d; of the damaged stores %,d held everything, %,d an older state, %,d refused"
        .formatted(campaign.line(), struck, missed, complete, older, refused);
  }
}
