package io.drey.profile.report;

import static io.drey.profile.report.EventFields.nanos;
import static io.drey.profile.report.EventFields.number;
import static io.drey.profile.report.EventFields.store;
import static io.drey.profile.report.EventFields.text;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import org.HdrHistogram.Histogram;

/** A question to a recording that tables answer. */
public enum RecordingView {
  /** Every checkpoint and its phases, as they came. */
  CHECKPOINTS,
  /** Forces of the journal: how long, how many commits shared one; the slowest. */
  FORCES,
  /** What happened to frames, by blob, the busiest first. */
  FRAMES,
  /** Walks that began anew, by blob, the worst first. */
  RESTARTS,
  /** Percentiles by operation, and the slowest calls. */
  OPERATIONS;

  /** The tables for it, with at most {@code limit} rows each. */
  public List<Table> tables(RecordingSource source, int limit) throws IOException {
    return switch (this) {
      case CHECKPOINTS -> List.of(checkpoints(all(source, "Checkpoint"), limit));
      case FORCES -> forces(all(source, "JournalForce"), limit);
      case FRAMES -> List.of(BlobTables.frames(all(source, "Frame"), limit));
      case RESTARTS -> List.of(BlobTables.restarts(all(source, "LatchRestart"), limit));
      case OPERATIONS -> operations(source, limit);
    };
  }

  /** The events of the name; of all names that begin so if it is no whole one. */
  private static List<RecordedEvent> all(RecordingSource source, String name) throws IOException {
    List<RecordedEvent> events = new ArrayList<>();
    source.read(
        EventFields.PREFIX + name,
        event -> {
          if (name.equals("Frame") || EventFields.name(event).equals(name)) {
            events.add(event);
          }
        });
    events.sort(Comparator.comparing(RecordedEvent::getStartTime));
    return events;
  }

  private static Table checkpoints(List<RecordedEvent> events, int limit) {
    Table table =
        new Table(
            "Checkpoints, in order of time",
            "<Time",
            "Store",
            "Number",
            "<Reason",
            "Duration",
            "Quiesce",
            "Parting",
            "Seal",
            "Write",
            "Force",
            "Commit",
            "Release",
            "Recycle",
            "Blobs",
            "Written",
            "Journal",
            "<Failure");
    for (RecordedEvent e : events.subList(Math.max(0, events.size() - limit), events.size())) {
      table.row(
          Quantities.clock(e.getStartTime()),
          Quantities.count(store(e)),
          Quantities.count(number(e, "checkpoint")),
          text(e, "reason"),
          Quantities.nanos(nanos(e)),
          Quantities.nanos(number(e, "quiesce")),
          Quantities.nanos(number(e, "parting")),
          Quantities.nanos(number(e, "seal")),
          Quantities.nanos(number(e, "write")),
          Quantities.nanos(number(e, "force")),
          Quantities.nanos(number(e, "commit")),
          Quantities.nanos(number(e, "release")),
          Quantities.nanos(number(e, "recycle")),
          Quantities.count(number(e, "blobs")),
          Quantities.bytes(number(e, "bytes")),
          Quantities.bytes(number(e, "journalBytes")),
          text(e, "failure"));
    }
    note(table, events.size(), limit, "Checkpoint", "the last ones");
    return table;
  }

  private static List<Table> forces(List<RecordedEvent> events, int limit) {
    Table summary =
        new Table(
            "Forces of the journal",
            "Store",
            "Forces",
            "Commits",
            "Commits a Force",
            "Median",
            "99 %",
            "Longest",
            "Forcing",
            "Written");
    Map<Long, List<RecordedEvent>> byStore = new TreeMap<>();
    events.forEach(e -> byStore.computeIfAbsent(store(e), _ -> new ArrayList<>()).add(e));
    byStore.forEach((store, own) -> {
      Histogram times = new Histogram(3);
      own.forEach(e -> times.recordValue(nanos(e)));
      long commits = own.stream().mapToLong(e -> number(e, "commits")).sum();
      long busy = own.stream().mapToLong(EventFields::nanos).sum();
      summary.row(
          Quantities.count(store),
          Quantities.count(own.size()),
          Quantities.count(commits),
          String.format("%.2f", (double) commits / own.size()),
          Quantities.nanos(times.getValueAtPercentile(50)),
          Quantities.nanos(times.getValueAtPercentile(99)),
          Quantities.nanos(times.getMaxValue()),
          Quantities.nanos(busy),
          Quantities.bytes(own.stream().mapToLong(e -> number(e, "bytes")).sum()));
    });
    Table slowest =
        new Table(
            "Slowest forces",
            "<Time",
            "Store",
            "Duration",
            "Queue Time",
            "Commits",
            "Bytes",
            "Segments",
            "<Failure");
    events.stream()
        .sorted(Comparator.comparingLong(EventFields::nanos).reversed())
        .limit(limit)
        .forEach(e ->
            slowest.row(
                Quantities.clock(e.getStartTime()),
                Quantities.count(store(e)),
                Quantities.nanos(nanos(e)),
                Quantities.nanos(number(e, "queueTime")),
                Quantities.count(number(e, "commits")),
                Quantities.bytes(number(e, "bytes")),
                Quantities.count(number(e, "segments")),
                text(e, "failure")));
    note(slowest, events.size(), limit, "JournalForce", "the slowest");
    return events.isEmpty() ? List.of(slowest) : List.of(summary, slowest);
  }

  private static List<Table> operations(RecordingSource source, int limit) throws IOException {
    Latencies latencies = new Latencies();
    source.read(EventFields.PREFIX + "LatencyStatistics", latencies::add);
    Table percentiles =
        new Table(
            "Operations",
            "Store",
            "<Operation",
            "Timed",
            "Sample",
            "Median",
            "90 %",
            "99 %",
            "99.9 %",
            "Longest");
    int rows = 0;
    for (Latencies.Operation o : latencies.operations()) {
      percentiles.row(
          Quantities.count(o.store()),
          o.operation(),
          Quantities.count(o.times().getTotalCount()),
          "1 in " + o.sample(),
          Quantities.nanos(o.at(50)),
          Quantities.nanos(o.at(90)),
          Quantities.nanos(o.at(99)),
          Quantities.nanos(o.at(99.9)),
          Quantities.nanos(o.at(100)));
      rows++;
    }
    note(percentiles, rows, Integer.MAX_VALUE, "LatencyStatistics", "");
    List<RecordedEvent> slow = all(source, "SlowOperation");
    return List.of(percentiles, slowest(slow, limit));
  }

  private static Table slowest(List<RecordedEvent> slow, int limit) {
    Table table =
        new Table(
            "Slowest calls",
            "<Time",
            "Store",
            "<Operation",
            "Duration",
            "<Dominant",
            "Back-Pressure",
            "Journal",
            "Memory",
            "Load",
            "Gate",
            "Conflicts",
            "Acknowledge",
            "Other");
    slow.stream()
        .sorted(Comparator.comparingLong(EventFields::nanos).reversed())
        .limit(limit)
        .forEach(e ->
            table.row(
                Quantities.clock(e.getStartTime()),
                Quantities.count(store(e)),
                text(e, "operation"),
                Quantities.nanos(nanos(e)),
                text(e, "dominant"),
                Quantities.nanos(number(e, "pace")),
                Quantities.nanos(number(e, "journal")),
                Quantities.nanos(number(e, "memory")),
                Quantities.nanos(number(e, "load")),
                Quantities.nanos(number(e, "gate")),
                Quantities.nanos(number(e, "conflicts")),
                Quantities.nanos(number(e, "acknowledge")),
                Quantities.nanos(number(e, "other"))));
    note(table, slow.size(), limit, "SlowOperation", "the slowest");
    return table;
  }

  static void note(Table table, int found, int limit, String event, String which) {
    if (found == 0) {
      table.note("none recorded (io.drey." + event + ")");
    } else if (found > limit) {
      table.note(which + " of " + Quantities.count(found) + "; --limit shows more");
    }
  }
}
