package io.drey.profile.report;

import static io.drey.profile.report.EventFields.nanos;
import static io.drey.profile.report.EventFields.number;
import static io.drey.profile.report.EventFields.share;
import static io.drey.profile.report.EventFields.store;
import static io.drey.profile.report.EventFields.text;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;

/** Tables with a row for each blob. */
final class BlobTables {
  private BlobTables() {}

  /** What happened to one blob. */
  private static final class BlobLife {
    final long store;
    final long blob;
    final Map<String, Integer> events = new TreeMap<>();
    long loadNanos;
    long bytes;
    double fill = -1;

    BlobLife(long store, long blob) {
      this.store = store;
      this.blob = blob;
    }

    void add(RecordedEvent e) {
      String name = EventFields.name(e);
      events.merge(name, 1, Integer::sum);
      bytes += number(e, "bytes");
      if (name.equals("FrameLoad")) {
        loadNanos += nanos(e);
      }
      if (e.hasField("fillAfter")) {
        fill = share(e, "fillAfter");
      }
    }

    int all() {
      return events.values().stream().mapToInt(Integer::intValue).sum();
    }

    String count(String name) {
      Integer count = events.get(name);
      return count == null ? "-" : Quantities.count(count);
    }
  }

  static Table frames(List<RecordedEvent> events, int limit) {
    Table table =
        new Table(
            "Frames by blob, the busiest first",
            "Store",
            "Blob",
            "Events",
            "Loads",
            "Loading",
            "Evictions",
            "Spills",
            "Copies",
            "Splits",
            "Compactions",
            "Merges",
            "Bytes",
            "Last Fill");
    Map<String, BlobLife> blobs = new TreeMap<>();
    for (RecordedEvent e : events) {
      long blob = number(e, "blob");
      blobs.computeIfAbsent(store(e) + " " + blob, _ -> new BlobLife(store(e), blob)).add(e);
    }
    blobs.values().stream()
        .sorted(Comparator.comparingInt(BlobLife::all).reversed())
        .limit(limit)
        .forEach(b ->
            table.row(
                Quantities.count(b.store),
                String.valueOf(b.blob),
                Quantities.count(b.all()),
                b.count("FrameLoad"),
                Quantities.nanos(b.loadNanos),
                b.count("FrameEvict"),
                b.count("FrameSpill"),
                b.count("FrameCopy"),
                b.count("FrameSplit"),
                b.count("FrameCompact"),
                b.count("FrameMerge"),
                Quantities.bytes(b.bytes),
                b.fill < 0 ? "-" : Quantities.share(b.fill)));
    RecordingView.note(
        table, blobs.size(), limit, "FrameLoad and the other Frame events", "the busiest");
    return table;
  }

  /** Restarts at one blob: {@code restarts} counts all, {@code events} those not throttled. */
  private record Contention(long store, long blob, String reason, long events, long restarts) {
    Contention plus(Contention other) {
      return new Contention(
          store, blob, reason, events + other.events, Math.max(restarts, other.restarts));
    }
  }

  static Table restarts(List<RecordedEvent> events, int limit) {
    Table table =
        new Table(
            "Restarts by blob, the worst first", "Store", "Blob", "<Reason", "Restarts", "Events");
    Map<String, Contention> blobs = new TreeMap<>();
    for (RecordedEvent e : events) {
      Contention one =
          new Contention(store(e), number(e, "blob"), text(e, "reason"), 1, number(e, "restarts"));
      blobs.merge(one.store + " " + one.blob + " " + one.reason, one, Contention::plus);
    }
    blobs.values().stream()
        .sorted(
            Comparator.comparingLong(Contention::restarts)
                .thenComparingLong(Contention::events)
                .reversed())
        .limit(limit)
        .forEach(c ->
            table.row(
                Quantities.count(c.store),
                String.valueOf(c.blob),
                c.reason,
                Quantities.count(c.restarts),
                Quantities.count(c.events)));
    RecordingView.note(table, blobs.size(), limit, "LatchRestart", "the worst");
    return table;
  }
}
