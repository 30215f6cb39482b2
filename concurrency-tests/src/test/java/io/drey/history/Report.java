package io.drey.history;

import io.drey.TreeStats;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What runs did. */
record Report(Map<Figure, Long> figures) {
  /** What is counted; of {@link #WORST_NANOS} the greatest counts, of the others the sum. */
  enum Figure {
    OPERATIONS,
    HISTORIES,
    UNDECIDED,
    SEARCH_STEPS,
    STOPS,
    RESTARTS,
    CHECKPOINTS,
    EVICTIONS,
    SPLITS,
    MERGES,
    REOPENINGS,
    WORST_NANOS
  }

  private static final double NANOS_PER_MILLI = 1e6;

  static final Report NOTHING = new Report(Map.of());

  public Report {
    figures = Map.copyOf(figures);
  }

  static Report of(TreeStats stats) {
    return NOTHING
        .with(Figure.RESTARTS, stats.optimisticRestarts())
        .with(Figure.CHECKPOINTS, stats.checkpointRoundsSucceeded())
        .with(Figure.EVICTIONS, stats.evictions())
        .with(Figure.SPLITS, stats.splits())
        .with(Figure.MERGES, stats.merges());
  }

  static Report of(Round round, Verdict verdict) {
    return NOTHING
        .with(Figure.OPERATIONS, round.operations())
        .with(Figure.HISTORIES, 1)
        .with(Figure.UNDECIDED, verdict.outcome() == Verdict.Outcome.UNDECIDED ? 1 : 0)
        .with(Figure.SEARCH_STEPS, verdict.steps())
        .with(Figure.WORST_NANOS, round.worstNanos());
  }

  long of(Figure figure) {
    return figures.getOrDefault(figure, 0L);
  }

  /** The same, and so much more of one figure. */
  Report with(Figure figure, long more) {
    Map<Figure, Long> sum = new EnumMap<>(Figure.class);
    sum.putAll(figures);
    sum.merge(figure, more, figure == Figure.WORST_NANOS ? Math::max : Long::sum);
    return new Report(sum);
  }

  Report plus(Report other) {
    Report sum = this;
    for (Figure figure : Figure.values()) {
      sum = sum.with(figure, other.of(figure));
    }
    return sum;
  }

  String line() {
    String counts =
        Arrays.stream(Figure.values())
            .filter(figure -> figure != Figure.WORST_NANOS)
            .map(figure -> "%,d %s".formatted(of(figure), name(figure)))
            .collect(Collectors.joining(", "));
    return "%s; worst latency %.1f ms".formatted(counts, of(Figure.WORST_NANOS) / NANOS_PER_MILLI);
  }

  private static String name(Figure figure) {
    return figure.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** For another process to {@link #parse}. */
  String numbers() {
    return Arrays.stream(Figure.values())
        .map(figure -> figure + "=" + of(figure))
        .collect(Collectors.joining(" "));
  }

  static Report parse(String numbers) {
    Report report = NOTHING;
    for (String part : numbers.split(" ")) {
      String[] pair = part.split("=");
      report = report.with(Figure.valueOf(pair[0]), Long.parseLong(pair[1]));
    }
    return report;
  }
}
