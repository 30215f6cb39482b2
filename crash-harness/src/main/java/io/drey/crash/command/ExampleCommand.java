package io.drey.crash.command;

import io.drey.crash.CampaignReport;
import io.drey.crash.disk.PowerLossCampaign;
import io.drey.crash.disk.PowerLossOptions;
import io.drey.crash.example.LogSubject;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code crash-harness example}. */
@Command(
    name = "example",
    description = {
      "Show a mistake in a small store, and how it is found.",
      "",
      "The store is io.drey.crash.example.LogStore, an append-only log of keys and",
      "values. It forces every change before it returns, but forgets to force the name",
      "of its file: no test that does not cut the power sees that."
    })
final class ExampleCommand implements Callable<Integer> {
  private static final long SEED = 1;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PowerLossOptions options = PowerLossOptions.of(SEED).withFindings(1);
    CampaignReport correct = PowerLossCampaign.run(new LogSubject(), options.withWorkload(1, 10));
    out.println("The correct store, LogSubject:");
    out.println();
    Campaign.print(out, correct, correct.line());
    out.println();
    out.println("The same without one call, LogSubject.NameNotForced:");
    CampaignReport mistaken = PowerLossCampaign.run(new LogSubject.NameNotForced(), options);
    return Campaign.print(out, mistaken, mistaken.line());
  }
}
