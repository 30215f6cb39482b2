package io.drey.benchmarks;

import io.drey.Tree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Point reads by one thread, by two, and by two beside a writer of other blobs, in turn, several
 * times; and how much a thread of two does of what it does alone. On two processors.
 */
public final class ReadScaling {
  private static final int ROUNDS = 7;

  private final ScenarioOptions options;
  private final CountedRecords records;
  private final Tree tree;

  private ReadScaling(ScenarioOptions options, CountedRecords records, Tree tree) {
    this.options = options;
    this.records = records;
    this.tree = tree;
  }

  /** Runs it; {@code seconds} is the time of one cell. */
  public static void main(String[] arguments) throws Exception {
    ScenarioOptions options = ScenarioOptions.of(arguments, 500_000, 512, 2);
    options.run(store -> {
      CountedRecords records = options.counted();
      try (Tree tree = Tree.open(options.config(store))) {
        for (int record = 0; record < records.size(); record++) {
          tree.set(records.key(record), records.value(record, 0));
        }
        new ReadScaling(options, records, tree).run();
      }
    });
  }

  private void run() throws Exception {
    double[] scaling = new double[ROUNDS];
    double[] beside = new double[ROUNDS];
    double[] writes = new double[ROUNDS];
    for (int round = -1; round < ROUNDS; round++) {
      double[] one = cell(1, 0);
      double[] two = cell(2, 0);
      double[] withWriter = cell(2, 1);
      if (round >= 0) {
        scaling[round] = two[0] / one[0];
        // Three threads on two processors: each may have two thirds of one.
        beside[round] = withWriter[0] / (two[0] * 2 / 3);
        writes[round] = withWriter[1];
      }
      System.out.printf(
          Locale.ROOT,
          "1 reader %,.0f/s, 2 readers %,.0f/s, beside a writer %,.0f/s and %,.0f changes/s%n",
          one[0],
          two[0],
          withWriter[0],
          withWriter[1]);
    }
    System.out.printf(
        Locale.ROOT,
        "medians: 2 readers to 1 %.2f; beside a writer %.2f of a fair share, %,.0f changes/s%n",
        median(scaling),
        median(beside),
        median(writes));
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Reads and changes a second. */
  private double[] cell(int readers, int writers) throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    List<Future<Long>> reading = new ArrayList<>();
    List<Future<Long>> writing = new ArrayList<>();
    long start;
    try (ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      start = System.nanoTime();
      for (int i = 0; i < readers; i++) {
        int reader = i;
        reading.add(threads.submit(() -> read(reader, done)));
      }
      for (int i = 0; i < writers; i++) {
        writing.add(threads.submit(() -> write(done)));
      }
      Thread.sleep(options.time().toMillis());
      done.set(true);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new double[] {sum(reading) / seconds, sum(writing) / seconds};
  }

  private static long sum(List<Future<Long>> counts) throws Exception {
    long sum = 0;
    for (Future<Long> count : counts) {
      sum += count.get();
    }
    return sum;
  }

  /** Reads the records of the first three quarters of the buckets. */
  private long read(int reader, AtomicBoolean done) {
    SplitMix64 random = new SplitMix64(SplitMix64.SEED + reader);
    int buckets = ObjectStoreSet.BUCKETS * 3 / 4;
    int files = records.size() / ObjectStoreSet.BUCKETS;
    long count = 0;
    while (!done.get()) {
      int record = ObjectStoreSet.BUCKETS * random.below(files) + random.below(buckets);
      if (tree.get(records.key(record)) == null) {
        throw new IllegalStateException("record " + record + " is gone");
      }
      count++;
    }
    return count;
  }

  /** Changes the records of the other quarter. */
  private long write(AtomicBoolean done) {
    SplitMix64 random = new SplitMix64(SplitMix64.SEED + 100);
    int quarter = ObjectStoreSet.BUCKETS / 4;
    int files = records.size() / ObjectStoreSet.BUCKETS;
    long count = 0;
    while (!done.get()) {
      int bucket = 3 * quarter + random.below(quarter);
      int record = ObjectStoreSet.BUCKETS * random.below(files) + bucket;
      int change = records.nextChange(record);
      tree.set(records.key(record), records.value(record, change));
      records.acknowledge(record, change);
      count++;
    }
    return count;
  }
}
