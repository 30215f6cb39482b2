package io.drey.crash.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The entry point of the {@code crash-harness} command. */
@Command(
    name = "crash-harness",
    synopsisSubcommandLabel = "COMMAND",
    usageHelpAutoWidth = false,
    description = {
      "Finds out what a store loses when it crashes.",
      "",
      "The store is described by a class, the subject, that implements",
      "io.drey.crash.Subject: how to open it, what to do to it, what its errors mean.",
      "A campaign does that to the store, lets it crash or its disk fail, opens it",
      "again, and compares what it holds with what it had acknowledged."
    },
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Examples:",
      "  crash-harness example                  a mistake in a small store, and how it is found",
      "  crash-harness power my.StoreSubject    your store, on a disk that loses its power",
      "  crash-harness help power               more about one command",
      "",
      "Every campaign prints what it found, with a seed to see it again, and ends with",
      "one line: states tried, distinct recovered images, recoveries, the slowest of",
      "them, failures.",
      "",
      "Exit codes:",
      "  0  nothing was found",
      "  1  something was found",
      "  2  the command line cannot be used",
      "  3  the harness itself failed"
    },
    subcommands = {
      PowerCommand.class,
      FaultsCommand.class,
      KillCommand.class,
      ExampleCommand.class,
      HelpCommand.class
    })
public final class CrashHarness implements Callable<Integer> {
  private static final int WIDTH = 100;

  @Spec private CommandSpec spec = CommandSpec.create();

  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show help.")
  private boolean help;

  private CrashHarness() {}

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, System.out.charset());
    PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
    System.exit(run(out, err, arguments));
  }

  /** Runs one command; returns its exit code. */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    CommandLine line = new CommandLine(new CrashHarness());
    for (CommandLine command : line.getSubcommands().values()) {
      command
          .getCommandSpec()
          .usageMessage()
          .sortOptions(false)
          .abbreviateSynopsis(true)
          .descriptionHeading("%n")
          .parameterListHeading("%n")
          .optionListHeading("%n");
    }
    return line.setUsageHelpWidth(WIDTH)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(out)
        .setErr(err)
        .setExecutionExceptionHandler((failure, _, _) -> {
          failure.printStackTrace(err);
          return ExitCode.HARNESS;
        })
        .execute(arguments);
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }
}
