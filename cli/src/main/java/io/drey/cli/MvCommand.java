package io.drey.cli;

import io.drey.Existing;
import io.drey.KeyExistsException;
import io.drey.KeyNotFoundException;
import io.drey.Tree;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drey mv}: renames a key. */
@Command(
    name = "mv",
    description = {
      "Rename a key in one step that a crash does not split.",
      "Exit code 1: SOURCE is not there, or TARGET is and --force is not given."
    },
    footer = {"", "Example:", "  drey mv drafts/letter sent/letter"})
final class MvCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(index = "0", paramLabel = "SOURCE", description = "The key as it is.")
  private String source = "";

  @Parameters(index = "1", paramLabel = "TARGET", description = "The key as it is to be.")
  private String target = "";

  @Option(
      names = {"-f", "--force"},
      description = "Replace a record that is at TARGET.")
  private boolean force;

  MvCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    byte[] from = session.bytes(source);
    byte[] to = session.bytes(target);
    try (Tree tree = session.openToChange()) {
      tree.rename(from, to, force ? Existing.REPLACE : Existing.KEEP);
      return ExitCode.OK;
    } catch (KeyNotFoundException e) {
      session.tell("there is no key " + session.quoted(from));
      return ExitCode.FOUND;
    } catch (KeyExistsException e) {
      session.tell(session.quoted(to) + " is there already: --force replaces it");
      return ExitCode.FOUND;
    }
  }
}
