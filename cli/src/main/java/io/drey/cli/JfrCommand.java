package io.drey.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code drey jfr}: what recordings of the flight recorder say of a store. */
@Command(
    name = "jfr",
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Read what the flight recorder of a JVM with a store in it recorded.",
      "REC is a recording's file, the repository of a process that runs or was killed, or the"
          + " number of one that runs."
    },
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Examples:",
      "  java -XX:StartFlightRecording:filename=app.jfr ...",
      "  drey jfr report app.jfr --html app.html",
      "  drey help jfr report"
    })
final class JfrCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }
}
