package io.drey.cli;

import io.drey.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drey rm}: deletes records. */
@Command(
    name = "rm",
    description = {
      "Delete keys.",
      "Exit code 1: at least one of the keys was not there; the others are deleted."
    },
    footer = {"", "Examples:", "  drey rm colour", "  drey rm -- -odd-key"})
final class RmCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "KEY", arity = "1..*", description = "The keys to delete.")
  private List<String> keys = new ArrayList<>();

  @Option(
      names = {"-f", "--force"},
      description = "Absent keys are no matter.")
  private boolean force;

  RmCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    int deleted = 0;
    try (Tree tree = session.openToChange()) {
      for (String key : keys) {
        byte[] bytes = session.bytes(key);
        if (tree.delete(bytes) != null) {
          deleted++;
        } else if (!force) {
          session.tell("there is no key " + session.quoted(bytes));
        }
      }
    }
    if (session.json()) {
      Output out = session.output();
      JsonWriter json = new JsonWriter(out);
      json.beginObject().member("deleted", deleted).member("absent", keys.size() - deleted);
      json.endObject().endLine();
      out.flush();
    }
    return deleted == keys.size() || force ? ExitCode.OK : ExitCode.FOUND;
  }
}
