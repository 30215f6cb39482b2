package io.drey.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The entry point of the {@code drey} command. */
@Command(
    name = "drey",
    versionProvider = DreyVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    usageHelpAutoWidth = false,
    description = {
      "Keeps records under path-shaped keys in a store that crashes do not harm.",
      "Keys and values are bytes. A store is a directory; commands that write make it."
    },
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Examples:",
      "  drey index /usr                  make ./drey.store from a directory tree",
      "  drey ls -l /usr/                 look into it",
      "  drey count /usr/share/doc/       how many records start with that",
      "  drey put colour blue             any key and value will do",
      "  drey get colour",
      "  drey profile load paths.txt      record a command, and be told what held it up",
      "  drey help COMMAND                more about one command",
      "",
      "Exit codes:",
      "  0  done",
      "  1  something is absent, or problems were found",
      "  2  the command line or an input cannot be used",
      "  3  the store cannot be opened, read or written"
    })
public final class Drey implements Callable<Integer> {
  private static final String OPTIONS_OF_ALL = "%nOptions, before or after any command:%n";

  @Mixin private final GlobalOptions options = new GlobalOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      order = 110,
      description = "Show help.")
  private boolean help;

  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      order = 111,
      description = "Show the version.")
  private boolean version;

  private Drey() {}

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] arguments) {
    int exitCode = run(StandardStreams.ofProcess(), NativeArguments.of(arguments));
    System.exit(exitCode);
  }

  /** Runs one command; {@code arguments} are byte text. */
  static int run(StandardStreams streams, String... arguments) {
    Drey drey = new Drey();
    Session session = new Session(streams, drey.options);
    CommandLine line = new CommandLine(drey);
    addCommands(line, session);
    style(line);
    line.setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(writer(streams.out()))
        .setErr(writer(streams.err()))
        .setParameterExceptionHandler((failure, _) -> refuse(failure, session))
        .setExecutionExceptionHandler((failure, _, _) -> report(failure, session));
    return line.execute(arguments);
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }

  private static void addCommands(CommandLine line, Session session) {
    line.addSubcommand(new IndexCommand(session))
        .addSubcommand(new LoadCommand(session))
        .addSubcommand(new LsCommand(session))
        .addSubcommand(new GetCommand(session))
        .addSubcommand(new PutCommand(session))
        .addSubcommand(new RmCommand(session))
        .addSubcommand(new MvCommand(session))
        .addSubcommand(new CountCommand(session))
        .addSubcommand(new StatsCommand(session))
        .addSubcommand(new CheckCommand(session))
        .addSubcommand(new CompactCommand(session))
        .addSubcommand(new CheckpointCommand(session))
        .addSubcommand(new DumpCommand(session))
        .addSubcommand(new RestoreCommand(session))
        .addSubcommand(new VerifyCommand(session))
        .addSubcommand(new AckedCommand(session))
        .addSubcommand(
            new CommandLine(new JfrCommand())
                .addSubcommand(new JfrReportCommand(session))
                .addSubcommand(new JfrViewCommand(session))
                .addSubcommand(new JfrTailCommand(session)))
        .addSubcommand(new CommandLine(new ProfileCommand(session)).setStopAtPositional(true))
        .addSubcommand(new HelpCommand());
  }

  private static void style(CommandLine line) {
    line.getCommandSpec().usageMessage().sortOptions(false).optionListHeading(OPTIONS_OF_ALL);
    styleCommands(line);
    hideOptionsOfStore(Objects.requireNonNull(line.getSubcommands().get("jfr")));
  }

  /** Commands that open no store take these options, as all do, and do not speak of them. */
  private static void hideOptionsOfStore(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    for (OptionSpec option : List.copyOf(spec.options())) {
      if (GlobalOptions.OF_STORE.contains(option.longestName())) {
        // ORDER: gone below first, for what is added here is handed down.
        line.getSubcommands()
            .values()
            .forEach(below -> {
              CommandSpec inherited = below.getCommandSpec();
              inherited.remove(inherited.findOption(option.longestName()));
            });
        spec.remove(option);
        spec.addOption(OptionSpec.builder(option).hidden(true).build());
      }
    }
  }

  private static void styleCommands(CommandLine line) {
    for (CommandLine command : line.getSubcommands().values()) {
      styleCommands(command);
      command
          .getCommandSpec()
          .usageMessage()
          .sortOptions(false)
          .abbreviateSynopsis(true)
          .descriptionHeading("%n")
          .parameterListHeading("%n")
          .optionListHeading("%n");
    }
  }

  private static int refuse(ParameterException failure, Session session) {
    CommandLine line = failure.getCommandLine();
    String name = line.getCommandSpec().qualifiedName();
    String message = failure.getMessage() == null ? "bad command line" : failure.getMessage();
    if (failure instanceof UnmatchedArgumentException unmatched && name.equals("drey")) {
      message = "there is no command or option '" + unmatched.getUnmatched().getFirst() + "'";
    }
    session.tell(message.replace('\n', ' '));
    session.tell("see drey help" + (name.equals("drey") ? "" : name.substring("drey".length())));
    return ExitCode.USAGE;
  }

  private static int report(Exception failure, Session session) throws IOException {
    int exitCode = FailureReport.exitCode(failure);
    if (exitCode != ExitCode.OK) {
      session.tell(FailureReport.sentence(failure));
    }
    if (session.options().trace()) {
      PrintWriter err = writer(session.streams().err());
      failure.printStackTrace(err);
      err.flush();
    }
    return exitCode;
  }

  private static PrintWriter writer(OutputStream target) {
    return new PrintWriter(new OutputStreamWriter(target, StandardCharsets.ISO_8859_1), true);
  }
}
