package io.drey;

import io.drey.engine.event.LatencyStatistics;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Times a sample of the calls of one kind while a recording wants latencies.
 *
 * <p>Counts durations in buckets that are at most a 32nd of their bound wide: 32 linear ones for
 * each power of two, as high dynamic range histograms have them. For any number of threads; a
 * record costs one atomic addition.
 */
final class LatencyRecorder {
  /** What {@link #begin} says of a call that is not timed. */
  static final long UNTIMED = 0;

  private static final LatencyStatistics WANTED = new LatencyStatistics();

  private static final int LINEAR_BITS = 5;
  private static final int LINEAR = 1 << LINEAR_BITS;

  /** Longer ones, from some 70 minutes on, count as this long. */
  private static final int BITS_MAX = 42;

  private static final int BUCKETS = (BITS_MAX - LINEAR_BITS + 1) * LINEAR;

  /** Stands for counts that were not made yet: most stores are never recorded. */
  private static final AtomicIntegerArray NONE = new AtomicIntegerArray(0);

  private static final int STRIPES = 64;

  /** Twice a cache line: wherever the array begins, no line belongs to two stripes. */
  private static final int STRIPE = 32;

  /**
   * Calls until the next that is due, by stripes of threads and by kinds; where two threads race,
   * some do not count. WHY of all stores together: a call that is not timed touches one cache line.
   */
  private static final int[] LEFT = new int[STRIPES * STRIPE];

  /** One call in so many is due to be timed, on average. */
  final int sample;

  private final int kind;
  private volatile AtomicIntegerArray counts = NONE;

  /**
   * @param kind a number of the calls' kind, from 0 to 15
   * @param sample one call in so many is due to be timed, on average
   */
  LatencyRecorder(int kind, int sample) {
    ThreadLocalRandom.current(); // its class is loaded here, and by no virtual thread in a call
    this.kind = kind;
    this.sample = sample;
  }

  /** The beginning of a call, or {@link #UNTIMED}. */
  long begin() {
    return WANTED.isEnabled() && isDue() ? System.nanoTime() | 1 : UNTIMED;
  }

  /** The end of the call that began so. */
  void end(long begun) {
    if (begun != UNTIMED) {
      record(System.nanoTime() - begun);
    }
  }

  /** Counts a call; whether it is to be timed. */
  boolean isDue() {
    int stripe = (int) Thread.currentThread().threadId() & (STRIPES - 1);
    int at = stripe * STRIPE + kind;
    if (--LEFT[at] > 0) {
      return false;
    }
    // WHY by chance: calls that alternate would else be timed from one side alone.
    LEFT[at] = ThreadLocalRandom.current().nextInt(1, 2 * sample);
    return true;
  }

  void record(long nanos) {
    AtomicIntegerArray known = counts;
    (known == NONE ? makeCounts() : known).incrementAndGet(bucket(nanos));
  }

  private synchronized AtomicIntegerArray makeCounts() {
    AtomicIntegerArray known = counts;
    if (known == NONE) {
      known = new AtomicIntegerArray(BUCKETS);
      counts = known;
    }
    return known;
  }

  static int bucket(long nanos) {
    long value = Math.clamp(nanos, 0, (1L << BITS_MAX) - 1);
    int power = Long.SIZE - Long.numberOfLeadingZeros(value | (LINEAR - 1)) - LINEAR_BITS;
    return power == 0 ? (int) value : power * LINEAR + (int) (value >>> (power - 1)) - LINEAR;
  }

  /** The greatest duration of a bucket, in nanoseconds. */
  static long upperBound(int bucket) {
    int power = bucket / LINEAR;
    return power == 0 ? bucket : (((long) (bucket % LINEAR) + LINEAR + 1) << (power - 1)) - 1;
  }

  /** What has been recorded since the last call. */
  Interval take() {
    int[] taken = new int[BUCKETS];
    long total = 0;
    AtomicIntegerArray known = counts;
    for (int bucket = 0; bucket < known.length(); bucket++) {
      if (known.get(bucket) != 0) {
        taken[bucket] = known.getAndSet(bucket, 0);
        total += taken[bucket];
      }
    }
    return new Interval(taken, total);
  }

  /** The durations recorded in some interval. */
  static final class Interval {
    private final int[] counts;
    final long total;

    Interval(int[] counts, long total) {
      this.counts = counts;
      this.total = total;
    }

    /** The duration that {@code share} of them do not exceed, in nanoseconds; 0 of none. */
    long quantile(double share) {
      long wanted = Math.max(1, (long) Math.ceil(share * total));
      long seen = 0;
      for (int bucket = 0; bucket < counts.length; bucket++) {
        seen += counts[bucket];
        if (seen >= wanted) {
          return upperBound(bucket);
        }
      }
      return 0;
    }

    /** Each bucket that is not empty as {@code bound:count}, ascending, separated by blanks. */
    String text() {
      StringBuilder text = new StringBuilder();
      for (int bucket = 0; bucket < counts.length; bucket++) {
        if (counts[bucket] != 0) {
          text.append(text.isEmpty() ? "" : " ")
              .append(upperBound(bucket))
              .append(':')
              .append(counts[bucket]);
        }
      }
      return text.toString();
    }
  }
}
