package io.drey.profile.report;

import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import org.HdrHistogram.Histogram;

/**
 * The latencies of a whole recording, by store and operation: the histograms of all its statistics
 * together. Not thread-safe.
 */
final class Latencies {
  /**
   * What is known of one operation.
   *
   * @param store the store's number
   * @param operation its name
   * @param times of the timed calls, in nanoseconds
   * @param sample one call in so many was timed
   */
  record Operation(long store, String operation, Histogram times, long sample) {
    long at(double percentile) {
      return times.getValueAtPercentile(percentile);
    }
  }

  private static final int DIGITS = 3;

  private final Map<String, Operation> operations = new TreeMap<>();

  void add(RecordedEvent statistics) {
    long store = EventFields.store(statistics);
    String name = EventFields.text(statistics, "operation");
    long sample = EventFields.number(statistics, "sample");
    Operation operation =
        operations.computeIfAbsent(
            store + " " + name, _ -> new Operation(store, name, new Histogram(DIGITS), sample));
    merge(EventFields.text(statistics, "histogram"), operation.times());
  }

  Iterable<Operation> operations() {
    return operations.values();
  }

  /** {@code text} is {@code upperNanos:count}, separated by blanks. */
  static void merge(String text, Histogram target) {
    for (String bucket : text.split(" ", -1)) {
      int colon = bucket.indexOf(':');
      if (colon > 0) {
        long upper = Long.parseLong(bucket, 0, colon, 10);
        long count = Long.parseLong(bucket, colon + 1, bucket.length(), 10);
        target.recordValueWithCount(Math.min(upper, Long.MAX_VALUE / 2), count);
      }
    }
  }
}
