package io.drey.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drey jfr view}: tables from a recording. The work is in {@link RecordingTables}. */
@Command(
    name = "view",
    description = "Print what a recording holds about one thing as tables.",
    footer = {
      "",
      "Views:",
      "  checkpoints  every round and its phases, as they came",
      "  forces       how long the journal's forces took, and how many commits shared one",
      "  frames       loads, evictions, splits by blob, the busiest first",
      "  restarts     walks that began anew, by blob, the worst first",
      "  operations   percentiles by operation, and the slowest calls",
      "",
      "Examples:",
      "  drey jfr view checkpoints app.jfr",
      "  drey jfr view operations 4711 --limit 50"
    })
final class JfrViewCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(index = "0", paramLabel = "VIEW", description = "What to show, see below.")
  private String view = "";

  @Parameters(
      index = "1",
      paramLabel = "REC",
      description = "A recording's file, a repository's directory, or the number of a process.")
  private String recording = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Show at most N rows of a table (default 30).")
  private int limit = 30;

  JfrViewCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new CommandFailure(ExitCode.USAGE, "--limit is at least 1");
    }
    RecordingTables.print(session, view, recording, limit);
    return ExitCode.OK;
  }
}
