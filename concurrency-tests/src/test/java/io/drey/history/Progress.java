package io.drey.history;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** How far a run has come; for whoever watches it. A number that stands still means a hang. */
final class Progress {
  private final AtomicLong steps = new AtomicLong();
  private volatile List<Recorder> recorders = List.of();
  private volatile String phase = "start";

  /** Something else begins. */
  void phase(String name) {
    phase = name;
    steps.incrementAndGet();
  }

  void watch(List<Recorder> now) {
    steps.addAndGet(operations());
    recorders = List.copyOf(now);
  }

  private long operations() {
    return recorders.stream().mapToLong(Recorder::operations).sum();
  }

  long steps() {
    return steps.get() + operations();
  }

  String phase() {
    return phase;
  }
}
