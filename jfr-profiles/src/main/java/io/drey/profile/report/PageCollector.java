package io.drey.profile.report;

import static io.drey.profile.report.EventFields.nanos;
import static io.drey.profile.report.EventFields.number;
import static io.drey.profile.report.EventFields.share;
import static io.drey.profile.report.EventFields.store;
import static io.drey.profile.report.EventFields.text;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;

/**
 * Takes from the events of a recording, one after another, what the page shows. Not thread-safe.
 */
final class PageCollector {
  private static final List<String> PHASES =
      List.of("quiesce", "seal", "write", "force", "commit", "release", "recycle");
  private static final double NANOS_PER_MILLI = 1e6;
  private static final long MILLIS_PER_SECOND = 1_000;

  /** What is known of a store whose opening was not recorded. */
  private static final PageData.Store UNKNOWN =
      new PageData.Store(0, "", "", "", "", 0, 0, "", 0, "", "");

  private final Map<Long, PageData.Store> stores = new TreeMap<>();
  private final Map<Long, String> failed = new HashMap<>();
  private final List<PageData.Step> recovery = new ArrayList<>();
  private final List<PageData.Latency> latency = new ArrayList<>();
  private final Latencies overall = new Latencies();
  private final List<PageData.Round> checkpoints = new ArrayList<>();
  private final Map<String, PageData.Restarts> restarts = new HashMap<>();
  private final List<PageData.Pool> pool = new ArrayList<>();
  private final List<PageData.Journal> journal = new ArrayList<>();
  private final List<PageData.Slow> slow = new ArrayList<>();
  private final Map<String, PageData.Forces> forces = new HashMap<>();
  private double from = Double.MAX_VALUE;
  private double to;

  void add(RecordedEvent e) {
    from = Math.min(from, millis(e.getStartTime()));
    to = Math.max(to, millis(e.getEndTime()));
    long store = store(e);
    if (store != 0) {
      stores.putIfAbsent(store, UNKNOWN);
    }
    switch (EventFields.name(e)) {
      case "StoreOpen" -> stores.put(store, opened(e));
      case "StoreFailed" -> failed.put(store, text(e, "cause"));
      case "RecoveryPhase" ->
          recovery.add(
              new PageData.Step(
                  store,
                  text(e, "phase"),
                  number(e, "records"),
                  millis(e.getStartTime()),
                  nanos(e)));
      case "LatencyStatistics" -> addLatency(e);
      case "Checkpoint" -> checkpoints.add(round(e));
      case "LatchRestart" -> addRestart(e);
      case "PoolStatistics" -> pool.add(pool(e));
      case "JournalStatistics" ->
          journal.add(
              new PageData.Journal(
                  store,
                  millis(e.getStartTime()),
                  number(e, "rate"),
                  number(e, "sinceCheckpoint"),
                  number(e, "limit")));
      case "SlowOperation" ->
          slow.add(
              new PageData.Slow(
                  store,
                  millis(e.getStartTime()),
                  nanos(e),
                  text(e, "operation"),
                  text(e, "dominant")));
      case "JournalForce" -> addForce(e);
      default -> {
        // The page does not show it.
      }
    }
  }

  PageData result(
      String file, List<String> notes, Map<String, Boolean> settings, Verdicts verdicts) {
    latency.sort(Comparator.comparingDouble(PageData.Latency::time));
    checkpoints.sort(Comparator.comparingDouble(PageData.Round::start));
    recovery.sort(Comparator.comparingDouble(PageData.Step::start));
    pool.sort(Comparator.comparingDouble(PageData.Pool::time));
    journal.sort(Comparator.comparingDouble(PageData.Journal::time));
    return new PageData(
        file,
        to == 0 ? 0 : from,
        to,
        notes,
        settings,
        verdicts.all(),
        verdicts.failures(),
        storesWithTheirEnds(),
        recovery,
        latency,
        overallRows(),
        checkpoints,
        List.copyOf(restarts.values()),
        pool,
        journal,
        slow,
        forces.values().stream()
            .sorted(Comparator.comparingDouble(PageData.Forces::second))
            .toList());
  }

  private static double millis(Instant instant) {
    return EventFields.epochNanos(instant) / NANOS_PER_MILLI;
  }

  private static PageData.Store opened(RecordedEvent e) {
    return new PageData.Store(
        store(e),
        text(e, "directory"),
        text(e, "storage"),
        text(e, "access"),
        text(e, "durability"),
        number(e, "poolLimit"),
        number(e, "records"),
        text(e, "tail"),
        nanos(e),
        text(e, "failure"),
        "");
  }

  private List<PageData.Store> storesWithTheirEnds() {
    List<PageData.Store> all = new ArrayList<>();
    stores.forEach((number, s) ->
        all.add(
            new PageData.Store(
                number,
                s.directory(),
                s.storage(),
                s.access(),
                s.durability(),
                s.poolLimit(),
                s.records(),
                s.tail(),
                s.nanos(),
                s.failure(),
                failed.getOrDefault(number, ""))));
    return all;
  }

  private void addLatency(RecordedEvent e) {
    overall.add(e);
    latency.add(
        new PageData.Latency(
            store(e),
            text(e, "operation"),
            millis(e.getStartTime()),
            number(e, "calls"),
            number(e, "p50"),
            number(e, "p90"),
            number(e, "p99"),
            number(e, "p999"),
            number(e, "max")));
  }

  private List<PageData.Overall> overallRows() {
    List<PageData.Overall> rows = new ArrayList<>();
    for (Latencies.Operation o : overall.operations()) {
      rows.add(
          new PageData.Overall(
              o.store(),
              o.operation(),
              o.times().getTotalCount(),
              o.sample(),
              o.at(50),
              o.at(90),
              o.at(99),
              o.at(99.9),
              o.at(100)));
    }
    return rows;
  }

  private static PageData.Round round(RecordedEvent e) {
    List<Long> phases = PHASES.stream().map(phase -> number(e, phase)).toList();
    return new PageData.Round(
        store(e),
        number(e, "checkpoint"),
        text(e, "reason"),
        millis(e.getStartTime()),
        nanos(e),
        number(e, "parting"),
        phases,
        number(e, "blobs"),
        number(e, "bytes"),
        number(e, "journalBytes"),
        text(e, "failure"));
  }

  /** An event counts the restarts of its blob so far, so the greatest number is the sum. */
  private void addRestart(RecordedEvent e) {
    PageData.Restarts one =
        new PageData.Restarts(
            store(e), number(e, "blob"), text(e, "reason"), number(e, "restarts"));
    restarts.merge(
        one.store() + " " + one.blob(), one, (a, b) -> a.restarts() < b.restarts() ? b : a);
  }

  private static PageData.Pool pool(RecordedEvent e) {
    return new PageData.Pool(
        store(e),
        millis(e.getStartTime()),
        number(e, "bytes"),
        number(e, "limit"),
        number(e, "frames"),
        number(e, "free"),
        number(e, "dirty"),
        number(e, "loads"),
        number(e, "evictions"),
        number(e, "spills"),
        number(e, "pageReads"),
        share(e, "missShare"));
  }

  private void addForce(RecordedEvent e) {
    long second = e.getStartTime().getEpochSecond();
    PageData.Forces one =
        new PageData.Forces(
            store(e),
            second * MILLIS_PER_SECOND,
            1,
            number(e, "commits"),
            number(e, "bytes"),
            nanos(e),
            nanos(e));
    forces.merge(store(e) + " " + second, one, PageData.Forces::plus);
  }
}
