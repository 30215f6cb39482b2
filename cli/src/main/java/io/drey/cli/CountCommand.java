package io.drey.cli;

import io.drey.PrefixCount;
import io.drey.Tree;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code drey count}: how much is below a prefix. */
@Command(
    name = "count",
    description = {
      "Print how many records start with a prefix, and the bytes of their keys and values.",
      "No record is read for it: the answer is quick for any number of records."
    },
    footer = {"", "Examples:", "  drey count", "  drey count /usr/share/"})
final class CountCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      paramLabel = "PREFIX",
      arity = "0..1",
      description = "What the keys start with; all keys when left out.")
  private String prefix = "";

  CountCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    byte[] start = session.bytes(prefix);
    PrefixCount count;
    try (Tree tree = session.openToRead()) {
      count = tree.count(start);
    }
    Output out = session.output();
    if (session.json()) {
      JsonWriter json = new JsonWriter(out).beginObject().bytes("prefix", start);
      json.member("records", count.records()).member("bytes", count.bytes()).endObject().endLine();
    } else {
      out.line(count.records() + " records, " + count.bytes() + " bytes");
    }
    out.flush();
    return ExitCode.OK;
  }
}
