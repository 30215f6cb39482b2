package io.drey.crash.command;

import io.drey.crash.Subject;
import io.drey.crash.kill.DirectoryCopy;
import io.drey.crash.kill.KillCampaign;
import io.drey.crash.kill.KillOptions;
import io.drey.crash.kill.KillOptions.Images;
import io.drey.crash.kill.KillPoint;
import io.drey.crash.kill.KillReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code crash-harness kill}. */
@Command(
    name = "kill",
    description = {
      "Kill processes that use the store, on the disk of this machine.",
      "",
      "A child process recovers the store, goes on changing it, and is killed: at a",
      "random time, while it recovers, or at a call to the disk. The next child",
      "recovers what it left. What the killed process had handed to the operating",
      "system survives, so a missing force is not found here; see 'power'."
    })
final class KillCommand implements Callable<Integer> {
  @Mixin private Campaign campaign = new Campaign();

  @Option(
      names = "--rounds",
      paramLabel = "NUMBER",
      defaultValue = "100",
      description = "End after so many child processes (${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--directory",
      paramLabel = "DIRECTORY",
      description = {
        "Make the stores here, and leave them. Without it they are in a temporary",
        "directory, which is left if something was found."
      })
  private @Nullable Path directory;

  @Option(
      names = "--point",
      paramLabel = "POINT",
      description = {
        "Kill at this call instead of any; may be repeated. For example",
        "'BEFORE RENAME log*#0': 0 stands for any of these calls, 2 for the second."
      })
  private List<String> points = new ArrayList<>();

  @Option(
      names = "--jvm-option",
      paramLabel = "OPTION",
      description = "An option for the children's JVM; may be repeated.")
  private List<String> jvmOptions = new ArrayList<>();

  @Option(
      names = "--hang",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "A child that says nothing for so long hangs (${DEFAULT-VALUE}).")
  private long hang;

  @Option(
      names = "--images",
      description = "Keep a copy of what each child finds, for the case that it is broken.")
  private boolean images;

  @Option(
      names = "--events",
      paramLabel = "PREFIX",
      defaultValue = "",
      description = {
        "Record the children, and tell with a finding what events whose names begin so",
        "the last two had written down. The recorder does that once a second: give them",
        "operations for longer."
      })
  private String events = "";

  @Override
  public Integer call() throws IOException {
    Subject subject = campaign.subject();
    KillOptions options =
        KillOptions.of(campaign.seed())
            .withOperations(campaign.operations())
            .withBudget(rounds, campaign.time())
            .withSilence(Duration.ofSeconds(hang))
            .withJvmOptions(jvmOptions)
            .withEvents(new KillOptions.Events(events))
            .withImages(images ? Images.BEFORE_RECOVERY : Images.NONE);
    if (!points.isEmpty()) {
      options = options.withPoints(parsed());
    }
    Path stores = directory == null ? Files.createTempDirectory("crash-harness") : directory;
    KillReport report = KillCampaign.run(subject.getClass(), stores, options);
    if (directory == null && report.campaign().clean()) {
      DirectoryCopy.delete(stores);
    }
    return campaign.print(report.campaign(), report.line());
  }

  private List<KillPoint> parsed() {
    try {
      return points.stream().map(KillPoint::parse).toList();
    } catch (IllegalArgumentException e) {
      throw campaign.refusal(String.valueOf(e.getMessage()));
    }
  }
}
