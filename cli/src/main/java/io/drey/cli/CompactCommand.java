package io.drey.cli;

import io.drey.Tree;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code drey compact}: gives space back. */
@Command(
    name = "compact",
    description = "Give back the space that overwritten and deleted records have left behind.",
    footer = {"", "Example:", "  drey compact"})
final class CompactCommand implements Callable<Integer> {
  private final Session session;

  CompactCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (Tree tree = session.openToChange()) {
      tree.compact();
      StoreSize.of(tree).print(session, "compact");
    }
    return ExitCode.OK;
  }
}
