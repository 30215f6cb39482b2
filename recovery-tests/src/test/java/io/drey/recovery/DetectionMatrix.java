package io.drey.recovery;

import io.drey.recovery.Rung.Sighting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which rung catches which canary, by which broken invariant, after how many states. */
final class DetectionMatrix {
  /** Whether the rungs behind the first that catches a canary are tried too. */
  enum Depth {
    FIRST_CATCH,
    EVERY_RUNG
  }

  private record Row(Canary canary, Map<Rung, Sighting> sightings) {
    boolean caught() {
      return sightings.values().stream().anyMatch(Sighting::caught);
    }
  }

  private final List<Row> rows = new ArrayList<>();

  /**
   * Puts one canary to the rungs, again with the next budget as long as none has caught it; true =
   * it was caught.
   */
  boolean put(Canary canary, EnumSet<Rung> rungs, Depth depth, long seed, Duration... budgets)
      throws Exception {
    Row row = new Row(canary, new EnumMap<>(Rung.class));
    rows.add(row);
    for (Duration budget : budgets) {
      for (Rung rung : canary.order(rungs)) {
        Sighting before = row.sightings().get(rung);
        boolean open = before == null || !before.caught();
        if (open && (depth == Depth.EVERY_RUNG || !row.caught())) {
          row.sightings().put(rung, rung.run(canary, seed + budget.toMillis(), budget));
        }
      }
      if (row.caught()) {
        return true;
      }
    }
    return false;
  }

  /** The names of the canaries that no rung caught. */
  List<String> uncaught() {
    return rows.stream().filter(row -> !row.caught()).map(row -> row.canary().name()).toList();
  }

  /** The matrix as a table of Markdown. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("| canary | what is wrong |");
    for (Rung rung : Rung.values()) {
      text.append(' ').append(rung.name().toLowerCase(Locale.ROOT).replace('_', ' ')).append(" |");
    }
    text.append("\n|---|---|").append("---|".repeat(Rung.values().length)).append('\n');
    for (Row row : rows) {
      text.append("| `%s` | %s |".formatted(row.canary().name(), row.canary().bug()));
      for (Rung rung : Rung.values()) {
        Sighting sighting = row.sightings().get(rung);
        text.append(' ').append(sighting == null ? "" : sighting).append(" |");
      }
      text.append('\n');
    }
    return text.toString();
  }
}
