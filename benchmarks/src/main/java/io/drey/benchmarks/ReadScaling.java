package io.drey.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.drey.Tree;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Point reads by one thread, by two, and by two beside a third thread, in turn, several times; on
 * two processors.
 *
 * <p>What two readers lose to a writer of other blobs has several parts, told apart by controls. A
 * thread that only spins takes its share of the processors and touches no memory; a {@link
 * BareWriter} that makes as many changes a second as the writer of the readers' own store stands
 * for what no store can spare the machine; a writer of another store in the same process takes the
 * memory traffic of a tree too, and background threads; the writer of the readers' own store shares
 * structures with them. Reads a second of the readers' processor time leave scheduling out.
 */
public final class ReadScaling {
  private static final int ROUNDS = 7;
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** What runs in a slice of time. */
  private enum Load {
    ONE_READER("1 reader"),
    TWO_READERS("2 readers"),
    SPINNING("2 and a spinning thread"),
    OTHER_STORE("2 and a writer elsewhere"),
    SAME_STORE("2 and a writer here"),
    BARE("2 and a bare writer");

    final String title;

    Load(String title) {
      this.title = title;
    }
  }

  /** Operations of a thread, and the processor time it got. */
  private record Work(long count, long cpuNanos) {}

  /**
   * What a slice came to.
   *
   * @param readerCpu processors the readers had, out of two; likewise of the third thread and of
   *     all threads in the background
   */
  private record Slice(
      double reads,
      double changes,
      double readerCpu,
      double thirdCpu,
      double backgroundCpu,
      long restarts) {

    double readsPerCpuSecond() {
      return reads / readerCpu;
    }
  }

  private final ScenarioOptions options;
  private final CountedRecords records;
  private final CountedRecords otherRecords;
  private final Tree tree;
  private final Tree other;
  private final BareWriter bare;

  private ReadScaling(ScenarioOptions options, Tree tree, Tree other, BareWriter bare)
      throws Exception {
    this.options = options;
    this.tree = tree;
    this.other = other;
    this.bare = bare;
    this.records = filled(options.counted(), tree);
    this.otherRecords = filled(options.counted(), other);
  }

  private static CountedRecords filled(CountedRecords records, Tree tree) {
    for (int record = 0; record < records.size(); record++) {
      tree.set(records.key(record), records.value(record, 0));
    }
    return records;
  }

  /** Runs it; {@code seconds} is the time of one slice. */
  public static void main(String[] arguments) throws Exception {
    ScenarioOptions options = ScenarioOptions.of(arguments, 500_000, 512, 2);
    options.run(store ->
        options.run(elsewhere -> {
          try (BareWriter bare = new BareWriter(elsewhere.resolveSibling("bare"));
              Tree tree = Tree.open(options.config(store));
              Tree other = Tree.open(options.config(elsewhere))) {
            new ReadScaling(options, tree, other, bare).run();
          }
        }));
  }

  private void run() throws Exception {
    List<Map<Load, Slice>> rounds = new ArrayList<>();
    for (int round = -1; round < ROUNDS; round++) {
      Map<Load, Slice> slices = new EnumMap<>(Load.class);
      double changes = 0;
      for (Load load : Load.values()) {
        Slice slice = slice(load, changes);
        slices.put(load, slice);
        changes = slice.changes; // of the writer here, when the bare one's turn comes
      }
      if (round >= 0) {
        rounds.add(slices);
      }
    }
    System.out.println(
        "medians                       reads/s  changes/s  reads per   processors had by:"
            + "              restarts");
    System.out.println(
        "                                                   cpu second  readers  third  background"
            + "   a second");
    for (Load load : Load.values()) {
      report(load, rounds);
    }
    compare(rounds);
  }

  private static void report(Load load, List<Map<Load, Slice>> rounds) {
    System.out.printf(
        Locale.ROOT,
        "%-26s %,10.0f %,10.0f %,11.0f %8.2f %6.2f %11.2f %10.0f%n",
        load.title,
        median(rounds, round -> of(round, load).reads),
        median(rounds, round -> of(round, load).changes),
        median(rounds, round -> of(round, load).readsPerCpuSecond()),
        median(rounds, round -> of(round, load).readerCpu),
        median(rounds, round -> of(round, load).thirdCpu),
        median(rounds, round -> of(round, load).backgroundCpu),
        median(rounds, round -> of(round, load).restarts));
  }

  /** Three threads on two processors: each may have two thirds of one. */
  private static void compare(List<Map<Load, Slice>> rounds) {
    System.out.printf(
        Locale.ROOT,
        "2 readers to 1: %.2f%n",
        median(
            rounds, round -> of(round, Load.TWO_READERS).reads / of(round, Load.ONE_READER).reads));
    System.out.println(
        "of a fair share:               by the clock = scheduling x speed on the processor");
    for (Load load : List.of(Load.SPINNING, Load.BARE, Load.OTHER_STORE, Load.SAME_STORE)) {
      System.out.printf(
          Locale.ROOT,
          "%-26s %16.2f %12.2f %24.2f%n",
          load.title,
          share(rounds, load, Slice::reads, 1.5),
          share(rounds, load, Slice::readerCpu, 1.5),
          share(rounds, load, Slice::readsPerCpuSecond, 1));
    }
    for (Load control : List.of(Load.OTHER_STORE, Load.BARE)) {
      System.out.printf(
          Locale.ROOT,
          "beside a writer here to beside %s: by the clock %.2f, speed on the processor %.2f%n",
          control == Load.BARE ? "a bare one" : "one elsewhere",
          ratio(rounds, control, Slice::reads),
          ratio(rounds, control, Slice::readsPerCpuSecond));
    }
  }

  private static double ratio(
      List<Map<Load, Slice>> rounds, Load control, ToDoubleFunction<Slice> figure) {
    return median(
        rounds,
        round ->
            figure.applyAsDouble(of(round, Load.SAME_STORE))
                / figure.applyAsDouble(of(round, control)));
  }

  private static double share(
      List<Map<Load, Slice>> rounds, Load load, ToDoubleFunction<Slice> figure, double share) {
    return median(
        rounds,
        round ->
            share
                * figure.applyAsDouble(of(round, load))
                / figure.applyAsDouble(of(round, Load.TWO_READERS)));
  }

  private static Slice of(Map<Load, Slice> round, Load load) {
    return Objects.requireNonNull(round.get(load));
  }

  private static double median(
      List<Map<Load, Slice>> rounds, ToDoubleFunction<Map<Load, Slice>> figure) {
    double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private Slice slice(Load load, double changesPerSecond) throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    List<Future<Work>> reading = new ArrayList<>();
    List<Future<Work>> third = new ArrayList<>();
    long restarts = tree.stats().optimisticRestarts();
    long cpu = PROCESS.getProcessCpuTime();
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      for (int i = 0; i < (load == Load.ONE_READER ? 1 : 2); i++) {
        int reader = i;
        reading.add(threads.submit(() -> worked(() -> read(reader, done))));
      }
      switch (load) {
        case ONE_READER, TWO_READERS -> {}
        case SPINNING -> third.add(threads.submit(() -> worked(() -> spin(done))));
        case OTHER_STORE ->
            third.add(threads.submit(() -> worked(() -> write(other, otherRecords, done))));
        case SAME_STORE ->
            third.add(threads.submit(() -> worked(() -> write(tree, records, done))));
        case BARE ->
            third.add(threads.submit(() -> worked(() -> bare.run(changesPerSecond, done))));
      }
      Thread.sleep(options.time().toMillis());
      done.set(true);
    }
    double nanos = System.nanoTime() - start;
    double used = PROCESS.getProcessCpuTime() - cpu;
    double readers = sum(reading, Work::cpuNanos);
    double others = sum(third, Work::cpuNanos);
    return new Slice(
        sum(reading, Work::count) / nanos * 1e9,
        load == Load.SPINNING ? 0 : sum(third, Work::count) / nanos * 1e9,
        readers / nanos,
        others / nanos,
        (used - readers - others) / nanos,
        (long) ((tree.stats().optimisticRestarts() - restarts) / nanos * 1e9));
  }

  private interface Counted {
    long run();
  }

  private static Work worked(Counted work) {
    long cpu = THREADS.getCurrentThreadCpuTime();
    long count = work.run();
    return new Work(count, THREADS.getCurrentThreadCpuTime() - cpu);
  }

  private static double sum(List<Future<Work>> works, ToLongFunction<Work> figure)
      throws Exception {
    long sum = 0;
    for (Future<Work> work : works) {
      sum += figure.applyAsLong(work.get());
    }
    return sum;
  }

  private static long spin(AtomicBoolean done) {
    SplitMix64 random = new SplitMix64(SplitMix64.SEED);
    long count = 0;
    while (!done.get()) {
      count += random.below(2);
    }
    return count;
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
  private static long write(Tree tree, CountedRecords records, AtomicBoolean done) {
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
