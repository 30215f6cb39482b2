package io.drey.history;

import io.drey.TreeStats;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** What runs did; of a run that found nothing wrong. */
record Report(
    long operations,
    long histories,
    long undecided,
    long searchSteps,
    long restarts,
    long checkpoints,
    long evictions,
    long splits,
    long merges,
    long reopenings,
    long worstNanos) {
  private static final double NANOS_PER_MILLI = 1e6;

  static final Report NOTHING = new Report(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  static Report of(TreeStats stats) {
    return new Report(
        0,
        0,
        0,
        0,
        stats.optimisticRestarts(),
        stats.checkpointRoundsSucceeded(),
        stats.evictions(),
        stats.splits(),
        stats.merges(),
        0,
        0);
  }

  static Report of(Round round, Verdict verdict) {
    int undecided = verdict.outcome() == Verdict.Outcome.UNDECIDED ? 1 : 0;
    return new Report(
        round.operations(), 1, undecided, verdict.steps(), 0, 0, 0, 0, 0, 0, round.worstNanos());
  }

  static Report ofReopening() {
    return new Report(0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0);
  }

  Report plus(Report other) {
    return new Report(
        operations + other.operations,
        histories + other.histories,
        undecided + other.undecided,
        searchSteps + other.searchSteps,
        restarts + other.restarts,
        checkpoints + other.checkpoints,
        evictions + other.evictions,
        splits + other.splits,
        merges + other.merges,
        reopenings + other.reopenings,
        Math.max(worstNanos, other.worstNanos));
  }

  String line() {
    return ("%,d operations in %,d histories checked (%,d undecided, %,d search steps); %,d"
            + " restarts, %,d checkpoints, %,d evictions, %,d splits, %,d merges, %,d"
            + " reopenings; worst latency %.1f ms")
        .formatted(
            operations,
            histories,
            undecided,
            searchSteps,
            restarts,
            checkpoints,
            evictions,
            splits,
            merges,
            reopenings,
            worstNanos / NANOS_PER_MILLI);
  }

  /** For another process to {@link #parse}. */
  String numbers() {
    return toString();
  }

  static Report parse(String numbers) {
    String inner = numbers.substring(numbers.indexOf('[') + 1, numbers.indexOf(']'));
    Map<String, Long> parts =
        Arrays.stream(inner.split(", "))
            .map(part -> part.split("="))
            .collect(Collectors.toMap(part -> part[0], part -> Long.parseLong(part[1])));
    return new Report(
        parts.get("operations"),
        parts.get("histories"),
        parts.get("undecided"),
        parts.get("searchSteps"),
        parts.get("restarts"),
        parts.get("checkpoints"),
        parts.get("evictions"),
        parts.get("splits"),
        parts.get("merges"),
        parts.get("reopenings"),
        parts.get("worstNanos"));
  }
}
