package io.drey.crash.command;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code crash-harness help}: what there is, or one command. */
@Command(name = "help", description = "Show help, or the help of one command.")
final class HelpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "COMMAND", arity = "0..1", description = "The command.")
  private String command = "";

  @Override
  public Integer call() {
    CommandLine all = spec.commandLine().getParent();
    CommandLine wanted = command.isEmpty() ? all : all.getSubcommands().get(command);
    if (wanted == null) {
      throw new ParameterException(spec.commandLine(), "there is no command '" + command + "'");
    }
    wanted.usage(all.getOut());
    return ExitCode.CLEAN;
  }
}
