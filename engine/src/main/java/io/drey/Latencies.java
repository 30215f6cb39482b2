package io.drey;

import io.drey.engine.event.LatencyStatistics;
import java.util.List;

/** The latencies of a store's calls by their kinds, as far as a recording wants them. */
final class Latencies {
  /** WHY not all: two readings of the clock take longer than many calls may cost. */
  private static final int SAMPLE = 64;

  /** They are few, and differ. */
  private static final int SAMPLE_OF_BATCHES = 4;

  final LatencyRecorder get = new LatencyRecorder(0, SAMPLE);
  final LatencyRecorder longestPrefix = new LatencyRecorder(1, SAMPLE);
  final LatencyRecorder count = new LatencyRecorder(2, SAMPLE);
  final LatencyRecorder section = new LatencyRecorder(3, SAMPLE);
  final LatencyRecorder change = new LatencyRecorder(4, SAMPLE);
  final LatencyRecorder rename = new LatencyRecorder(5, SAMPLE);
  final LatencyRecorder batch = new LatencyRecorder(6, SAMPLE_OF_BATCHES);

  private final List<Kind> kinds =
      List.of(
          new Kind("get", get),
          new Kind("longestPrefix", longestPrefix),
          new Kind("count", count),
          new Kind("scan section", section),
          new Kind("change", change),
          new Kind("rename", rename),
          new Kind("atomic", batch));

  private record Kind(String label, LatencyRecorder recorder) {}

  /** Tells of the calls since the last time, one event for each kind that there were any of. */
  void tell(long store) {
    for (Kind kind : kinds) {
      LatencyRecorder.Interval interval = kind.recorder.take();
      if (interval.total > 0) {
        LatencyStatistics event = new LatencyStatistics();
        event.store = store;
        event.operation = kind.label;
        event.calls = interval.total;
        event.sample = kind.recorder.sample;
        event.p50 = interval.quantile(0.5);
        event.p90 = interval.quantile(0.9);
        event.p99 = interval.quantile(0.99);
        event.p999 = interval.quantile(0.999);
        event.max = interval.quantile(1);
        event.histogram = interval.text();
        event.commit();
      }
    }
  }
}
