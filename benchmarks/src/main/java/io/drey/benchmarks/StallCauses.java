package io.drey.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import org.HdrHistogram.Histogram;

/**
 * What the engine recorded of the threads of a scenario while they worked: for a call that took
 * long, the event that shows why. What no event shows is for the most part a thread that has lost
 * its processor.
 */
final class StallCauses implements AutoCloseable {
  private static final List<String> RECORDED =
      List.of(
          "io.drey.FrameLoad",
          "io.drey.FrameSpill",
          "io.drey.FrameCopy",
          "io.drey.FrameSplit",
          "io.drey.FrameCompact",
          "io.drey.LatchWait",
          "io.drey.JournalWait",
          "io.drey.JournalBackpressure");

  private static final String STATISTICS = "io.drey.LatencyStatistics";
  private static final String SLOW = "io.drey.SlowOperation";

  /** What no event shows. */
  static final String UNKNOWN = "none";

  /** The clocks of recording and program may be so far apart. */
  private static final long CLOCK_NANOS = 50_000;

  private final Recording recording = new Recording();

  /**
   * A call of one thread, in nanoseconds of {@link System#nanoTime}.
   *
   * @param nanos what it took
   */
  record Call(long thread, long start, long end, long nanos) {
    static Call of(long start, long end, long nanos) {
      return new Call(Thread.currentThread().threadId(), start, end, nanos);
    }
  }

  /** What the engine says itself of changes, which it times one of in so many. */
  private final Histogram changes = new Histogram(3);

  private record Seen(String name, long start, long end) {}

  /**
   * A call that may have waited for others.
   *
   * @param others for the gate, for an epoch that ended and for latches, in nanoseconds
   * @param order until the records before its own were complete
   */
  record Waited(long start, long end, long others, long order) {}

  private final long epoch;
  private final Map<Long, List<Seen>> seen = new HashMap<>();
  private final List<Waited> waited = new ArrayList<>();

  private StallCauses() {
    for (String name : RECORDED) {
      recording.enable(name).withThreshold(Duration.ZERO).withoutStackTrace();
    }
    recording.enable(SLOW).withThreshold(Duration.ZERO).withoutStackTrace();
    recording.enable(STATISTICS).withPeriod(Duration.ofSeconds(1));
    Map<String, String> settings = new HashMap<>(recording.getSettings());
    settings.put("io.drey.FrameCopy#throttle", "off");
    recording.setSettings(settings);
    this.epoch = nanos(Instant.now()) - System.nanoTime();
  }

  /** Begins to record. */
  static StallCauses begin() {
    StallCauses causes = new StallCauses();
    causes.recording.start();
    return causes;
  }

  private static long nanos(Instant at) {
    return at.getEpochSecond() * 1_000_000_000L + at.getNano();
  }

  /** Ends the recording and reads it. */
  void end(Path directory) throws IOException {
    recording.stop();
    Path file = directory.resolve("causes.jfr");
    recording.dump(file);
    try (RecordingFile events = new RecordingFile(file)) {
      while (events.hasMoreEvents()) {
        add(events.readEvent());
      }
    }
    Files.delete(file);
    seen.values().forEach(list -> list.sort(Comparator.comparingLong(Seen::start)));
  }

  private void add(RecordedEvent event) {
    if (event.getEventType().getName().equals(STATISTICS)) {
      if (event.getString("operation").equals("change")) {
        merge(event.getString("histogram"));
      }
      return;
    }
    if (event.getEventType().getName().equals(SLOW)) {
      waited.add(
          new Waited(
              nanos(event.getStartTime()) - epoch,
              nanos(event.getEndTime()) - epoch,
              event.getLong("gate") + event.getLong("conflicts"),
              event.getLong("acknowledge")));
      return;
    }
    RecordedThread thread = event.getThread();
    if (thread != null && RECORDED.contains(event.getEventType().getName())) {
      seen.computeIfAbsent(thread.getJavaThreadId(), _ -> new ArrayList<>())
          .add(
              new Seen(
                  event.getEventType().getName().replace("io.drey.", ""),
                  nanos(event.getStartTime()) - epoch,
                  nanos(event.getEndTime()) - epoch));
    }
  }

  /** Buckets as {@code bound:count}, separated by blanks. */
  private void merge(String histogram) {
    for (String bucket : histogram.split(" ", -1)) {
      int colon = bucket.indexOf(':');
      if (colon > 0) {
        changes.recordValueWithCount(
            Long.parseLong(bucket.substring(0, colon)),
            Long.parseLong(bucket.substring(colon + 1)));
      }
    }
  }

  /** The latencies of changes as the engine has them, of a sample, in nanoseconds. */
  Histogram changes() {
    return changes;
  }

  /** Whether one of these events lies in a call. */
  boolean any(Set<String> names, Call call) {
    return during(call).stream().anyMatch(event -> names.contains(event.name));
  }

  /** The event that took the largest part of a call, or {@link #UNKNOWN}. */
  String of(Call call) {
    String cause = UNKNOWN;
    long most = 0;
    for (Seen event : during(call)) {
      long part = event.end - event.start;
      if (part >= most) {
        most = part;
        cause = event.name;
      }
    }
    return cause;
  }

  private List<Seen> during(Call call) {
    List<Seen> all = seen.getOrDefault(call.thread, List.of());
    int low = 0;
    int high = all.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (all.get(middle).start < call.start - CLOCK_NANOS) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    List<Seen> during = new ArrayList<>();
    for (int i = low; i < all.size() && all.get(i).start <= call.end; i++) {
      if (all.get(i).end <= call.end + CLOCK_NANOS) {
        during.add(all.get(i));
      }
    }
    return during;
  }

  /** How many of these calls each cause explains. */
  Map<String, Long> count(List<Call> calls) {
    Map<String, Long> counts = new TreeMap<>();
    calls.forEach(call -> counts.merge(of(call), 1L, Long::sum));
    return counts;
  }

  /** The longest of the recorded waits of one kind that lie in a span, in nanoseconds; 0 = none. */
  long longest(String name, long start, long end) {
    long longest = 0;
    for (List<Seen> events : seen.values()) {
      for (Seen event : events) {
        if (event.name.equals(name) && event.start < end && event.end > start) {
          longest = Math.max(longest, event.end - event.start);
        }
      }
    }
    return longest;
  }

  /** The longest of the waits of one kind of the calls in a span, in nanoseconds; 0 = none. */
  long longestWaited(long start, long end, ToLongFunction<Waited> nanos) {
    return waited.stream()
        .filter(call -> call.start < end && call.end > start)
        .mapToLong(nanos)
        .max()
        .orElse(0);
  }

  @Override
  public void close() {
    recording.close();
  }
}
