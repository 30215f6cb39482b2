package io.drey.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code drey profile}: a command under a recording. The work is in {@link ProfiledRun}, which no
 * other command loads.
 */
@Command(
    name = ProfileCommand.NAME,
    description = {
      "Run a command under a recording, and say at its end what held the store up.",
      "COMMAND is a drey command with its arguments, or behind -- any program: what it starts of"
          + " JVMs is recorded, and the one with most events of stores reported on. Options of"
          + " profile stand before COMMAND. Standard output is the command's own."
    },
    footer = {
      "",
      "Examples:",
      "  drey profile load paths.txt",
      "  drey profile --output load.jfr --html load.html load paths.txt --durability sync",
      "  drey profile -- java -jar app.jar",
      "",
      "Answers what the command answered, 128 and the signal if it was killed; then, too, what it"
          + " recorded is reported."
    })
final class ProfileCommand implements Callable<Integer> {
  static final String NAME = "profile";

  /** How much is recorded. */
  enum Settings {
    NORMAL,
    DETAILED
  }

  private final Session session;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Keep the recording in FILE (default drey-profile.jfr).")
  private String output = "drey-profile.jfr";

  @Option(names = "--html", paramLabel = "FILE", description = "Write a page with charts as well.")
  private @Nullable String html;

  @Option(
      names = "--settings",
      paramLabel = "normal|detailed",
      description = "How much to record (default normal); detailed has waits of any length.")
  private Settings settings = Settings.NORMAL;

  @Parameters(paramLabel = "COMMAND", arity = "1..*", description = "What to run.")
  private List<String> command = List.of();

  ProfileCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    List<String> line = spec.root().commandLine().getParseResult().originalArgs();
    List<String> before = line.subList(0, line.size() - command.size());
    boolean program = !before.isEmpty() && before.getLast().equals("--");
    if (!program && !spec.root().subcommands().containsKey(command.getFirst())) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "there is no command '"
              + command.getFirst()
              + "'; for another program write drey"
              + " profile -- "
              + command.getFirst());
    }
    try (ProfiledRun run = new ProfiledRun(session, settings.name())) {
      int exitCode =
          program ? run.program(command) : run.drey(session.options().asArguments(), command);
      run.report(output, html);
      return exitCode;
    }
  }
}
