package io.drey;

import io.drey.engine.event.LatencyStatistics;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Times a sample of the calls of a store while a recording wants their latencies. */
final class Latencies {
  /** What {@link #begin} says of a call that is not timed. */
  static final long UNTIMED = 0;

  private static final LatencyStatistics WANTED = new LatencyStatistics();

  private final Map<Timed, LatencyRecorder> recorders = new EnumMap<>(Timed.class);

  Latencies() {
    for (Timed kind : Timed.values()) {
      recorders.put(kind, new LatencyRecorder(kind.sample));
    }
  }

  /** The beginning of a call, or {@link #UNTIMED}. */
  long begin(Timed kind) {
    return WANTED.isEnabled() && recorder(kind).isDue() ? System.nanoTime() | 1 : UNTIMED;
  }

  void end(Timed kind, long begun) {
    if (begun != UNTIMED) {
      recorder(kind).record(System.nanoTime() - begun);
    }
  }

  private LatencyRecorder recorder(Timed kind) {
    return Objects.requireNonNull(recorders.get(kind));
  }

  /** Tells of the calls since the last time, one event for each kind that there were any of. */
  void tell(long store) {
    recorders.forEach((kind, recorder) -> {
      LatencyRecorder.Interval interval = recorder.take();
      if (interval.total > 0) {
        LatencyStatistics event = new LatencyStatistics();
        event.store = store;
        event.operation = kind.label;
        event.calls = interval.total;
        event.sample = kind.sample;
        event.p50 = interval.quantile(0.5);
        event.p90 = interval.quantile(0.9);
        event.p99 = interval.quantile(0.99);
        event.p999 = interval.quantile(0.999);
        event.max = interval.quantile(1);
        event.histogram = interval.text();
        event.commit();
      }
    });
  }
}
