package io.drey.cli;

import io.drey.BlobStats;
import io.drey.Tree;
import io.drey.TreeStats;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code drey stats}: numbers about the store. */
@Command(
    name = "stats",
    description = {
      "Print what the store says about itself.",
      "Counters start at zero with every command; sizes are the store's."
    },
    footer = {"", "Examples:", "  drey stats", "  drey stats --blobs --json"})
final class StatsCommand implements Callable<Integer> {
  private static final int NAME_COLUMNS = 28;

  private final Session session;

  @Option(names = "--blobs", description = "One line for every blob as well.")
  private boolean blobs;

  StatsCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    TreeStats stats;
    long records;
    try (Tree tree = session.openToRead()) {
      records = tree.count(new byte[0]).records();
      stats = tree.stats();
    }
    Output out = session.output();
    if (session.json()) {
      printJson(stats, records, out);
    } else {
      printText(stats, records, out);
    }
    out.flush();
    return ExitCode.OK;
  }

  private void printJson(TreeStats stats, long records, Output out) {
    JsonWriter json = new JsonWriter(out);
    json.beginObject().member("records", records);
    for (RecordComponent component : TreeStats.class.getRecordComponents()) {
      Object value = RecordFields.get(component, stats);
      if (value instanceof Collection<?> all && !blobs) {
        json.member(component.getName(), all.size());
      } else {
        json.name(component.getName()).any(value);
      }
    }
    totals(stats, json);
    json.endObject().endLine();
  }

  private static void totals(TreeStats stats, JsonWriter json) {
    json.member("bytesUsed", stats.bytesUsed())
        .member("gapBytes", stats.gapBytes())
        .member("leaves", stats.leaves())
        .member("edges", stats.edges())
        .member("compactions", stats.compactions());
  }

  private void printText(TreeStats stats, long records, Output out) {
    line(out, "records", records);
    for (RecordComponent component : TreeStats.class.getRecordComponents()) {
      Object value = RecordFields.get(component, stats);
      line(
          out, words(component.getName()), value instanceof Collection<?> all ? all.size() : value);
    }
    line(out, "bytes used", stats.bytesUsed());
    line(out, "gap bytes", stats.gapBytes());
    line(out, "leaves", stats.leaves());
    line(out, "edges", stats.edges());
    line(out, "compactions", stats.compactions());
    if (blobs) {
      out.write('\n');
      out.line("      blob       used        gap     leaves      edges compactions");
      for (BlobStats blob : stats.blobs()) {
        out.line(
            String.format(
                Locale.ROOT,
                "%10d %10d %10d %10d %10d %11d",
                blob.id(),
                blob.bytesUsed(),
                blob.gapBytes(),
                blob.leaves(),
                blob.edges(),
                blob.compactions()));
      }
    }
  }

  private static void line(Output out, String name, @Nullable Object value) {
    String text =
        value instanceof Number number
            ? String.format(Locale.ROOT, "%,d", number.longValue())
            : String.valueOf(value).toLowerCase(Locale.ROOT);
    out.text(name).text(" ".repeat(Math.max(1, NAME_COLUMNS - name.length()))).line(text);
  }

  /** {@code poolBytesUsed} as "pool bytes used". */
  private static String words(String name) {
    StringBuilder words = new StringBuilder(name.length() + 8);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isUpperCase(c)) {
        words.append(' ');
      }
      words.append(Character.toLowerCase(c));
    }
    return words.toString();
  }
}
