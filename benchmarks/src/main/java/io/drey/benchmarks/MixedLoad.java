package io.drey.benchmarks;

import io.drey.Tree;
import io.drey.TreeStats;
import io.drey.Visit;
import io.drey.benchmarks.StallCauses.Call;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;

/**
 * Readers and writers over a tree several times the pool: every read is verified, no change may get
 * lost, and memory stays within its limit. Told are the latencies of all changes, of those for
 * which nothing had to be read or written, and of what is left of these without the calls that an
 * event of the engine explains.
 *
 * <p>Writers go for the first records of some buckets, which fit a part of the pool, and now and
 * then for any; readers for all of them. There are six threads for each processor, so a thread
 * waits for one most of the time; a change takes what it took without that. Interrupts count, so
 * before each change the same time is spent on numbers alone, for comparison.
 */
public final class MixedLoad {
  private static final int READERS = 8;
  private static final int WRITERS = 4;
  private static final int HOT_SHARE = 20;
  private static final int HOT_BUCKETS_OF_WRITER = 2;
  private static final int COLD_EVERY = 64;

  /** Numbers drawn in about the time of a change. */
  private static final int COMPUTED = 1_500;

  private static final int LIST_EVERY = 64;
  private static final int LIST_ENTRIES = 50;

  /** Changes from here on are kept one by one, to look for what made them slow. */
  private static final long SLOW_NANOS = 10_000;

  /** Events of calls whose blobs were not, or could not stay, in memory. */
  private static final Set<String> NOT_RESIDENT = Set.of("FrameLoad", "FrameSpill");

  private final ScenarioOptions options;
  private final CountedRecords records;
  private final AtomicBoolean done = new AtomicBoolean();
  private final LongAdder reads = new LongAdder();
  private final Queue<Call> slow = new ConcurrentLinkedQueue<>();
  private final Histogram control = new SynchronizedHistogram(3);
  private final LongAdder sink = new LongAdder();

  private MixedLoad(ScenarioOptions options) throws IOException {
    this.options = options;
    this.records = options.counted();
  }

  /** Runs it; fails at the first thing that is wrong. */
  public static void main(String[] arguments) throws Exception {
    ScenarioOptions options = ScenarioOptions.of(arguments, 2_000_000, 64, 60);
    options.run(new MixedLoad(options)::run);
  }

  private void run(Path store) throws Exception {
    try (Tree tree = Tree.open(options.config(store))) {
      for (int record = 0; record < records.size(); record++) {
        tree.set(records.key(record), records.value(record, 0));
      }
      tree.checkpoint();
      TreeStats stats = tree.stats();
      System.out.printf(
          Locale.ROOT,
          "%,d records, data %,d MiB, pool %,d MiB%n",
          records.size(),
          stats.dataBytesLive() >> 20,
          stats.poolBytesLimit() >> 20);
      try (StallCauses causes = StallCauses.begin()) {
        Histogram writing = together(tree);
        causes.end(options.directory());
        explain(writing, causes);
      }
      verifyAll(tree);
    }
    try (Tree tree = Tree.open(options.config(store))) {
      verifyAll(tree);
    }
    System.out.println("no wrong read, no lost change, before and after reopening");
  }

  /** The latencies of the changes. */
  private Histogram together(Tree tree) throws Exception {
    Histogram writing;
    List<Future<Histogram>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      for (int i = 0; i < READERS; i++) {
        int reader = i;
        running.add(threads.submit(guarded(() -> read(tree, reader))));
      }
      List<Future<Histogram>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        int writer = i;
        writers.add(threads.submit(guarded(() -> write(tree, writer))));
      }
      watch(tree);
      done.set(true);
      Histogram reading = join(running);
      writing = join(writers);
      report("get", reading);
      report("set", writing);
    }
    TreeStats stats = tree.stats();
    System.out.printf(
        Locale.ROOT,
        "restarts %,d, conflicts %,d, misses %,d, evictions %,d, rounds %,d, splits %,d%n",
        stats.optimisticRestarts(),
        stats.writeConflicts(),
        stats.cacheMisses(),
        stats.evictions(),
        stats.checkpointRoundsSucceeded(),
        stats.splits());
    return writing;
  }

  private void explain(Histogram all, StallCauses causes) {
    List<Call> calls = List.copyOf(slow);
    System.out.printf(
        Locale.ROOT, "sets of %,d ns and more: %s%n", SLOW_NANOS, causes.count(calls));
    Histogram resident = all.copy();
    Histogram unexplained = all.copy();
    for (Call call : calls) {
      String cause = causes.of(call);
      if (causes.any(NOT_RESIDENT, call)) {
        remove(resident, call);
      }
      if (!cause.equals(StallCauses.UNKNOWN)) {
        remove(unexplained, call);
      }
    }
    report("set, the engine's own sample", causes.changes());
    report("set, all in memory", resident);
    report("set, no event shows why", unexplained);
    report("as long in registers, beside it", control);
    System.out.printf(
        Locale.ROOT,
        "explained: %.3f %% of those in memory%n",
        100.0
            * (resident.getTotalCount() - unexplained.getTotalCount())
            / Math.max(1, resident.getTotalCount()));
  }

  private static void remove(Histogram histogram, Call call) {
    if (histogram.getCountAtValue(call.nanos()) > 0) {
      histogram.recordValueWithCount(call.nanos(), -1);
    }
  }

  private Callable<Histogram> guarded(Callable<Histogram> work) {
    return () -> {
      try {
        return work.call();
      } finally {
        done.set(true);
      }
    };
  }

  private static Histogram join(List<Future<Histogram>> futures)
      throws InterruptedException, ExecutionException {
    Histogram all = new Histogram(3);
    for (Future<Histogram> future : futures) {
      all.add(future.get());
    }
    return all;
  }

  /** Looks at the memory once a second until the time is over or somebody failed. */
  private void watch(Tree tree) throws IOException, InterruptedException {
    long end = System.nanoTime() + options.time().toNanos();
    long most = 0;
    while (!done.get() && System.nanoTime() < end) {
      Thread.sleep(1_000);
      TreeStats stats = tree.stats();
      most = Math.max(most, stats.poolBytesUsed());
    }
    System.out.printf(
        Locale.ROOT,
        "pool: at most %,d of %,d bytes; process %,d MB%n",
        most,
        options.poolBytes(),
        Footprint.residentMegabytes());
  }

  private Histogram read(Tree tree, int reader) {
    Histogram latencies = new Histogram(3);
    SplitMix64 random = new SplitMix64(SplitMix64.SEED + 100 + reader);
    for (long i = 0; !done.get(); i++) {
      int record = random.below(records.size());
      if (i % LIST_EVERY == 0) {
        list(tree, record);
        continue;
      }
      int least = records.acknowledged(record);
      long start = System.nanoTime();
      byte[] value = tree.get(records.key(record));
      latencies.recordValue(System.nanoTime() - start);
      records.verify(record, value, least);
      reads.increment();
    }
    return latencies;
  }

  private void list(Tree tree, int record) {
    tree.scan(records.directory(record))
        .limit(LIST_ENTRIES)
        .visit((buffer, keyOffset, keyLength, valueOffset, valueLength, version) -> {
          int listed = ByteBuffer.wrap(buffer).getInt(valueOffset);
          byte[] key = records.key(listed);
          if (keyLength != key.length) {
            throw new IllegalStateException("another record's value in a list");
          }
          return Visit.CONTINUE;
        });
  }

  private Histogram write(Tree tree, int writer) throws IOException {
    Histogram latencies = new Histogram(3);
    SplitMix64 random = new SplitMix64(SplitMix64.SEED + 200 + writer);
    try (RunQueue queue = new RunQueue()) {
      for (long i = 0; !done.get(); i++) {
        compute(queue, random);
        int record = recordOf(writer, i % COLD_EVERY == 0, random);
        int change = records.nextChange(record);
        byte[] value = records.value(record, change);
        byte[] key = records.key(record);
        long waited = queue.waitedNanos();
        long start = System.nanoTime();
        tree.set(key, value);
        long end = System.nanoTime();
        long nanos = Math.max(0, end - start - (queue.waitedNanos() - waited));
        latencies.recordValue(nanos);
        if (nanos >= SLOW_NANOS) {
          slow.add(Call.of(start, end, nanos));
        }
        records.acknowledge(record, change);
      }
    }
    return latencies;
  }

  /**
   * As long as a change takes, in a thread's own registers: what interrupts cost shows here too.
   */
  private void compute(RunQueue queue, SplitMix64 random) throws IOException {
    long waited = queue.waitedNanos();
    long start = System.nanoTime();
    long sum = 0;
    for (int i = 0; i < COMPUTED; i++) {
      sum += random.next();
    }
    long end = System.nanoTime();
    control.recordValue(Math.max(0, end - start - (queue.waitedNanos() - waited)));
    sink.add(sum);
  }

  private int recordOf(int writer, boolean cold, SplitMix64 random) {
    int files = records.size() / ObjectStoreSet.BUCKETS;
    int own = ObjectStoreSet.BUCKETS / WRITERS;
    int bucket = own * writer + random.below(cold ? own : HOT_BUCKETS_OF_WRITER);
    return ObjectStoreSet.BUCKETS * random.below(cold ? files : files / HOT_SHARE) + bucket;
  }

  private void verifyAll(Tree tree) {
    if (!tree.check().isEmpty()) {
      throw new IllegalStateException(tree.check().toString());
    }
    long entries =
        tree.scan()
            .visit((buffer, keyOffset, keyLength, valueOffset, valueLength, version) -> {
              byte[] value = Arrays.copyOfRange(buffer, valueOffset, valueOffset + valueLength);
              int record = ByteBuffer.wrap(value).getInt();
              byte[] key = records.key(record);
              if (!Arrays.equals(key, 0, key.length, buffer, keyOffset, keyOffset + keyLength)) {
                throw new IllegalStateException("a value of record " + record + " elsewhere");
              }
              records.verify(record, value, records.acknowledged(record));
              return Visit.CONTINUE;
            });
    if (entries != records.size()) {
      throw new IllegalStateException(entries + " records");
    }
  }

  static void report(String operation, Histogram latencies) {
    long half = latencies.getValueAtPercentile(50);
    System.out.printf(
        Locale.ROOT,
        "%s: %,d, p50 %,d ns, p99 %,d, p99.9 %,d (%.1f x p50), p99.99 %,d, max %,d%n",
        operation,
        latencies.getTotalCount(),
        half,
        latencies.getValueAtPercentile(99),
        latencies.getValueAtPercentile(99.9),
        (double) latencies.getValueAtPercentile(99.9) / Math.max(1, half),
        latencies.getValueAtPercentile(99.99),
        latencies.getMaxValue());
  }
}
