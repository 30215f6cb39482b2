package io.drey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Durations in buckets. */
final class LatencyRecorderTest {
  private static final long SEED = 20260801;

  private final LatencyRecorder recorder = new LatencyRecorder(14, 1);

  @Test
  void aBucketIsAtMostA32ndOfItsBoundWide() {
    for (int bucket = 1; LatencyRecorder.upperBound(bucket) < 1L << 41; bucket++) {
      long bound = LatencyRecorder.upperBound(bucket);
      long width = bound - LatencyRecorder.upperBound(bucket - 1);
      assertTrue(width >= 1 && (width == 1 || width <= bound / 32), "bucket " + bucket);
      assertEquals(bucket, LatencyRecorder.bucket(bound));
      assertEquals(bucket, LatencyRecorder.bucket(bound - width + 1));
    }
  }

  @Test
  void quantilesAreThoseOfTheDurationsUpToABucket() {
    Random random = new Random(SEED);
    long[] durations =
        random.longs(10_000, 0, 1L << 34).map(n -> n >> random.nextInt(30)).toArray();
    Arrays.stream(durations).forEach(recorder::record);
    Arrays.sort(durations);
    LatencyRecorder.Interval interval = recorder.take();
    assertEquals(durations.length, interval.total);
    for (double share : new double[] {0.5, 0.9, 0.99, 0.999, 1}) {
      long exact = durations[(int) Math.ceil(share * durations.length) - 1];
      long told = interval.quantile(share);
      assertTrue(told >= exact && told <= exact + exact / 31 + 1, share + ": " + told);
    }
  }

  @Test
  void whatIsBeyondTheRangeCountsAsItsEnds() {
    recorder.record(-5);
    recorder.record(Long.MAX_VALUE);

    assertEquals("0:1 " + ((1L << 42) - 1) + ":1", recorder.take().text());
  }

  @Test
  void whatWasTakenIsNotTakenAgain() {
    recorder.record(7);
    recorder.take();

    assertEquals(0, recorder.take().total);
    assertEquals("", recorder.take().text());
  }

  @Test
  void isDueOnceInSoManyCallsAndForCallsThatAlternateToo() {
    LatencyRecorder sampled = new LatencyRecorder(15, 64);
    int[] due = new int[2];
    for (int call = 0; call < 640_000; call++) {
      if (sampled.isDue()) {
        due[call % 2]++;
      }
    }

    // 5,000 each, give or take far more than chance does.
    assertTrue(due[0] > 4_000 && due[0] < 6_000, "even calls: " + due[0]);
    assertTrue(due[1] > 4_000 && due[1] < 6_000, "odd calls: " + due[1]);
    for (int call = 0; call < 100; call++) {
      assertTrue(recorder.isDue(), "one in one");
    }
  }
}
