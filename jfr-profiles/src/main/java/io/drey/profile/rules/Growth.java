package io.drey.profile.rules;

import java.util.List;

/** How much counters that only grow have grown in a recording. */
final class Growth {
  private final List<Occurrence> samples;
  private final boolean whole;

  /**
   * @param samples of one store, by time, at least one
   * @param whole whether the counters were zero when the recording began
   */
  Growth(List<Occurrence> samples, boolean whole) {
    this.samples = samples;
    this.whole = whole;
  }

  long of(String counter) {
    long before = whole ? 0 : samples.getFirst().number(counter);
    return samples.getLast().number(counter) - before;
  }
}
