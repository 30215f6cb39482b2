package io.drey.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drey jfr tail}: events as they come. The work is in {@link LiveEvents}. */
@Command(
    name = "tail",
    description = {
      "Follow the events of a process that is being recorded, a line each.",
      "They come about once a second, when the process flushes them."
    },
    footer = {
      "",
      "Examples:",
      "  jcmd 4711 JFR.start",
      "  drey jfr tail 4711",
      "  drey jfr tail 4711 --events io.drey.Checkpoint --seconds 60",
      "",
      "SIGINT and SIGTERM end it; so does the end of the process."
    })
final class JfrTailCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      paramLabel = "PID|DIR",
      description = "The number of a process, or the directory of its repository.")
  private String target = "";

  @Option(
      names = "--events",
      paramLabel = "PREFIX",
      description = "Events whose names begin so (default io.drey.).")
  private String prefix = "io.drey.";

  @Option(names = "--seconds", paramLabel = "N", description = "End after N seconds.")
  private @Nullable Integer seconds;

  JfrTailCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    if (seconds != null && seconds < 1) {
      throw new CommandFailure(ExitCode.USAGE, "--seconds is at least 1");
    }
    LiveEvents.follow(session, target, prefix, seconds);
    return ExitCode.OK;
  }
}
