package io.drey.crash.command;

import io.drey.crash.Finding;
import io.drey.crash.Subject;
import io.drey.crash.hostile.Fault;
import io.drey.crash.hostile.FaultCampaign;
import io.drey.crash.hostile.FaultKind;
import io.drey.crash.hostile.FaultOptions;
import io.drey.crash.hostile.FaultReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code crash-harness faults}. */
@Command(
    name = "faults",
    description = {
      "Let every call to the disk fail, one by one, in every way.",
      "",
      "I/O errors, a full disk, short writes; and disks that lie: forces that force",
      "nothing, writes gone astray, stale reads, flipped bits. The store has to say so,",
      "go on once the disk is well, and never give a wrong value. At last its files are",
      "damaged while it is closed. An older state or a refusal is right after a lie."
    })
final class FaultsCommand implements Callable<Integer> {
  @Mixin private Campaign campaign = new Campaign();

  @Option(
      names = "--runs",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = "Different workloads (${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "Only this fault; may be repeated. One of ${COMPLETION-CANDIDATES}.")
  private List<FaultKind> kinds = new ArrayList<>();

  @Option(
      names = "--calls",
      paramLabel = "NUMBER",
      defaultValue = "1000",
      description = "Of more calls of a kind than this, fail so many (${DEFAULT-VALUE}).")
  private int calls;

  @Option(
      names = "--damages",
      paramLabel = "NUMBER",
      defaultValue = "8",
      description = "Places damaged in each class of bytes (${DEFAULT-VALUE}).")
  private int damages;

  @Option(
      names = "--hang",
      paramLabel = "SECONDS",
      defaultValue = "20",
      description = "A call that takes longer hangs (${DEFAULT-VALUE}).")
  private long hang;

  @Option(
      names = "--threads",
      paramLabel = "NUMBER",
      defaultValue = "2",
      description = "Runs at once; 1 if the subject bears no more (${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--fault",
      paramLabel = "FAULT",
      description = {
        "Run once, with this fault, as a finding names it;",
        "for example 'IO_ERROR FORCE *#3 ONCE 0'. Give the seed of the finding too."
      })
  private @Nullable String fault;

  @Override
  public Integer call() throws InterruptedException {
    Subject subject = campaign.subject();
    FaultOptions.Limits limits =
        new FaultOptions.Limits(campaign.time(), Duration.ofSeconds(hang), threads);
    Set<FaultKind> faults =
        kinds.isEmpty() ? EnumSet.allOf(FaultKind.class) : EnumSet.copyOf(kinds);
    FaultOptions options =
        FaultOptions.of(campaign.seed())
            .withWorkload(runs, campaign.operations())
            .withFaults(faults)
            .withBounds(calls, damages)
            .withLimits(limits);
    if (fault != null) {
      return replay(subject, options, fault);
    }
    FaultReport report = FaultCampaign.run(subject, options);
    return campaign.print(report.campaign(), report.line());
  }

  private int replay(Subject subject, FaultOptions options, String text) {
    Fault parsed;
    try {
      parsed = Fault.parse(text);
    } catch (IllegalArgumentException e) {
      throw campaign.refusal(String.valueOf(e.getMessage()));
    }
    Finding finding = FaultCampaign.replay(subject, options, parsed);
    campaign.out().println(finding == null ? "nothing found" : finding.toString());
    return finding == null ? ExitCode.CLEAN : ExitCode.FOUND;
  }
}
