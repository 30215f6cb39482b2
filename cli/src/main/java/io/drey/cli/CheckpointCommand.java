package io.drey.cli;

import io.drey.Tree;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code drey checkpoint}: writes everything to the data file. */
@Command(
    name = "checkpoint",
    description = {
      "Write everything to the data file and trim the journal.",
      "The next command then has nothing to replay."
    },
    footer = {"", "Example:", "  drey checkpoint"})
final class CheckpointCommand implements Callable<Integer> {
  private final Session session;

  CheckpointCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (Tree tree = session.openToChange()) {
      tree.checkpoint();
      StoreSize.of(tree).print(session, "checkpoint");
    }
    return ExitCode.OK;
  }
}
