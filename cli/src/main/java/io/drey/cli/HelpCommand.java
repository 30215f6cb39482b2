package io.drey.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code drey help}: what there is, or one command. */
@Command(name = "help", description = "Show help, or the help of one command.")
final class HelpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "COMMAND", arity = "0..2", description = "The command.")
  private List<String> words = List.of();

  @Override
  public Integer call() {
    CommandLine all = spec.commandLine().getParent();
    CommandLine wanted = all;
    for (String word : words) {
      wanted = wanted.getSubcommands().get(word);
      if (wanted == null) {
        throw new CommandFailure(
            ExitCode.USAGE, "there is no command '" + String.join(" ", words) + "'");
      }
    }
    wanted.usage(all.getOut());
    return ExitCode.OK;
  }
}
