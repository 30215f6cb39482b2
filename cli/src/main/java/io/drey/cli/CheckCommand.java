package io.drey.cli;

import io.drey.Tree;
import io.drey.Violation;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code drey check}: every broken structural invariant. */
@Command(
    name = "check",
    description = {
      "Read the whole store and print everything that is wrong with its structure.",
      "Exit code 1: something is. Nothing is changed."
    },
    footer = {"", "Example:", "  drey check --store /var/lib/app/meta.drey"})
final class CheckCommand implements Callable<Integer> {
  private final Session session;

  CheckCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    List<Violation> violations;
    long records;
    try (Tree tree = session.openToRead()) {
      violations = tree.check();
      records = tree.count(new byte[0]).records();
    }
    Output out = session.output();
    if (session.json()) {
      new JsonWriter(out)
          .beginObject()
          .member("sound", violations.isEmpty())
          .member("records", records)
          .name("violations")
          .any(violations)
          .endObject()
          .endLine();
    } else if (violations.isEmpty()) {
      out.line("sound: " + records + " records");
    } else {
      for (Violation violation : violations) {
        out.line(ByteText.ofPlatform(violation.toString()));
      }
      out.line(violations.size() + " violations");
    }
    out.flush();
    return violations.isEmpty() ? ExitCode.OK : ExitCode.FOUND;
  }
}
