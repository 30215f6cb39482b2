package io.drey.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code drey jfr report}: verdicts on a recording. The work is in {@link RecordingReport}, which
 * no other command loads.
 */
@Command(
    name = "report",
    description = {
      "Say what held a store up: the verdicts of Mission Control's rules, those about the store"
          + " first.",
      "Answers 1 if there is a warning about the store."
    },
    footer = {
      "",
      "Examples:",
      "  drey jfr report app.jfr",
      "  drey jfr report app.jfr --html app.html",
      "  drey jfr report /tmp/2026_11_25_07_57_28_26394   what a killed process left"
    })
final class JfrReportCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      paramLabel = "REC",
      description = "A recording's file, a repository's directory, or the number of a process.")
  private String recording = "";

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a page with charts as well. It needs no network to be looked at.")
  private @Nullable String html;

  @Option(names = "--all", description = "Show the rules that have nothing to complain of, too.")
  private boolean all;

  JfrReportCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return RecordingReport.of(session, recording, html, all);
  }
}
