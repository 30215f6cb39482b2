package io.drey.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What a campaign did and found.
 *
 * @param states crashes or faults tried
 * @param distinctImages different disk contents among them
 * @param recoveries stores opened on them
 * @param worstRecovery the longest of these
 */
public record CampaignReport(
    String campaign,
    long states,
    long distinctImages,
    long recoveries,
    Duration worstRecovery,
    List<Finding> findings) {
  /** Keeps a copy of the findings. */
  public CampaignReport {
    findings = List.copyOf(findings);
  }

  /** Whether nothing was found. */
  public boolean clean() {
    return findings.isEmpty();
  }

  /** The numbers in one line. */
  public String line() {
    return "%s: %,d states, %,d distinct, %,d recoveries, the slowest %,d ms, %s"
        .formatted(
            campaign,
            states,
            distinctImages,
            recoveries,
            worstRecovery.toMillis(),
            clean() ? "nothing found" : findings.size() + " found");
  }

  /** The line, and every finding in full. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(line());
    for (Finding finding : findings) {
      text.append(System.lineSeparator()).append(finding);
    }
    return text.toString();
  }

  /** The sum of several reports, under a name of its own. */
  public static CampaignReport merge(String campaign, Collection<CampaignReport> reports) {
    long states = 0;
    long distinctImages = 0;
    long recoveries = 0;
    Duration worst = Duration.ZERO;
    List<Finding> findings = new ArrayList<>();
    for (CampaignReport report : reports) {
      states += report.states;
      distinctImages += report.distinctImages;
      recoveries += report.recoveries;
      worst = worst.compareTo(report.worstRecovery) >= 0 ? worst : report.worstRecovery;
      findings.addAll(report.findings);
    }
    return new CampaignReport(campaign, states, distinctImages, recoveries, worst, findings);
  }
}
