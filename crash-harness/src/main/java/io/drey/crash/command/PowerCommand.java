package io.drey.crash.command;

import io.drey.crash.CampaignReport;
import io.drey.crash.Subject;
import io.drey.crash.disk.PowerLossCampaign;
import io.drey.crash.disk.PowerLossOptions;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code crash-harness power}. */
@Command(
    name = "power",
    description = {
      "Cut the power after every effect on a simulated disk.",
      "",
      "The store runs on a disk in memory. After each write, force, rename and so on",
      "the store is opened on what a power cut may leave there: any subset of what was",
      "not forced, writes torn in the middle, names without files and files without",
      "names; and again after a crash of that recovery."
    })
final class PowerCommand implements Callable<Integer> {
  @Mixin private Campaign campaign = new Campaign();

  @Option(
      names = "--runs",
      paramLabel = "NUMBER",
      defaultValue = "4",
      description = "Times the operations are done, in turn from nothing (${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--states",
      paramLabel = "NUMBER",
      defaultValue = "1000000",
      description = "End after so many crash states (${DEFAULT-VALUE}).")
  private long states;

  @Option(
      names = "--threads",
      paramLabel = "NUMBER",
      defaultValue = "2",
      description = "Recoveries at once; 1 if the subject bears no more (${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--images",
      paramLabel = "DIRECTORY",
      description = "Lay out here what the disk held when something was found.")
  private @Nullable Path images;

  @Override
  public Integer call() throws InterruptedException {
    Subject subject = campaign.subject();
    PowerLossOptions options =
        PowerLossOptions.of(campaign.seed())
            .withWorkload(runs, campaign.operations())
            .withBudget(states, campaign.time())
            .withThreads(threads);
    if (images != null) {
      options = options.withImages(images);
    }
    CampaignReport report = PowerLossCampaign.run(subject, options);
    return campaign.print(report, report.line());
  }
}
