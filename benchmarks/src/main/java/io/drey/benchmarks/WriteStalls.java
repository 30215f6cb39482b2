package io.drey.benchmarks;

import io.drey.CheckpointPolicy;
import io.drey.Snapshot;
import io.drey.Tree;
import io.drey.benchmarks.StallCauses.Waited;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;

/**
 * How long taking a snapshot, or starting a checkpoint, holds writers up: for each one the longest
 * change that was under way while it was taken, or within a window behind its start, with and
 * without the time in which the writer was ready to run and had no processor; the longest that a
 * thread waited for the gate or for an epoch's changes then; and what a change waited for the gate,
 * the end of an epoch and latches, and for the records before its own, as the engine recorded it.
 * Beside it the same over windows in which nothing was started, and in which a thread was that is
 * busy: a checkpoint works beside the writers, and who loses his processor to it while he has a
 * latch, or a place among the records, holds others up.
 */
public final class WriteStalls {
  private static final int WRITERS = 2;
  private static final long WINDOW_NANOS = 5_000_000;
  private static final long PAUSE_NANOS = 40_000_000;

  /** What is started; for comparison nothing, or a thread that is busy beside the writers. */
  private enum Event {
    NOTHING,
    BUSY_THREAD,
    SNAPSHOT,
    CHECKPOINT
  }

  private final ScenarioOptions options;
  private final CountedRecords records;
  private final AtomicBoolean done = new AtomicBoolean();

  private WriteStalls(ScenarioOptions options) throws IOException {
    this.options = options;
    this.records = options.counted();
  }

  /** Runs it. */
  public static void main(String[] arguments) throws Exception {
    ScenarioOptions options = ScenarioOptions.of(arguments, 2_000_000, 512, 30);
    options.run(new WriteStalls(options)::run);
  }

  /**
   * Start and end of a change, or of an event.
   *
   * @param ran what it took without waits for a processor
   */
  private record Span(long start, long end, long ran) {
    static Span of(long start, long end) {
      return new Span(start, end, end - start);
    }
  }

  private void run(Path store) throws Exception {
    try (Tree tree = Tree.open(options.config(store).withCheckpoint(CheckpointPolicy.onRequest()));
        ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      for (int record = 0; record < records.size(); record++) {
        tree.set(records.key(record), records.value(record, 0));
      }
      tree.checkpoint();
      List<Future<List<Span>>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        int writer = i;
        writers.add(threads.submit(() -> write(tree, writer)));
      }
      StallCauses causes = StallCauses.begin();
      Map<Event, List<Span>> windows = new EnumMap<>(Event.class);
      for (Event event : Event.values()) {
        windows.put(event, new ArrayList<>());
      }
      try {
        start(tree, windows, threads);
      } finally {
        done.set(true);
      }
      List<Span> slow = new ArrayList<>();
      for (Future<List<Span>> writer : writers) {
        slow.addAll(writer.get());
      }
      causes.end(options.directory());
      causes.close();
      for (Event event : Event.values()) {
        List<Span> in = of(windows, event);
        report(
            event + ", longest change",
            in.stream().mapToLong(w -> longest(w, slow, change -> change.end - change.start)));
        report(
            event + ", longest change without waits for a processor",
            in.stream().mapToLong(w -> longest(w, slow, Span::ran)));
        report(
            event + ", longest wait for the gate",
            in.stream().mapToLong(w -> causes.longest("LatchWait", w.start, w.end)));
        report(
            event + ", longest wait of a change for the gate, an epoch or latches",
            in.stream().mapToLong(w -> causes.longestWaited(w.start, w.end, Waited::others)));
        report(
            event + ", longest wait of a change for the records before its own",
            in.stream().mapToLong(w -> causes.longestWaited(w.start, w.end, Waited::order)));
      }
    }
  }

  private void start(Tree tree, Map<Event, List<Span>> windows, ExecutorService threads)
      throws InterruptedException {
    long end = System.nanoTime() + options.time().toNanos();
    for (int i = 0; System.nanoTime() < end; i++) {
      pause(PAUSE_NANOS);
      Event event = Event.values()[i % Event.values().length];
      long begun = System.nanoTime();
      switch (event) {
        case NOTHING -> pause(WINDOW_NANOS);
        case BUSY_THREAD -> {
          Future<?> busy = threads.submit(() -> spin(begun + WINDOW_NANOS));
          pause(WINDOW_NANOS);
          await(busy);
        }
        case SNAPSHOT -> {
          try (Snapshot _ = tree.snapshot()) {
            pause(WINDOW_NANOS);
          }
        }
        case CHECKPOINT -> {
          Future<?> round = threads.submit(tree::checkpoint);
          pause(WINDOW_NANOS);
          of(windows, event).add(Span.of(begun, System.nanoTime()));
          await(round);
          continue;
        }
      }
      of(windows, event).add(Span.of(begun, System.nanoTime()));
    }
  }

  private static List<Span> of(Map<Event, List<Span>> windows, Event event) {
    return Objects.requireNonNull(windows.get(event));
  }

  private static void spin(long until) {
    while (System.nanoTime() < until) {
      Thread.onSpinWait();
    }
  }

  private static void await(Future<?> round) throws InterruptedException {
    try {
      round.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void pause(long nanos) throws InterruptedException {
    Thread.sleep(nanos / 1_000_000);
  }

  /** Changes the records of half the buckets; its changes that took over 20 us. */
  private List<Span> write(Tree tree, int writer) throws IOException {
    try (RunQueue queue = new RunQueue()) {
      return write(tree, writer, queue);
    }
  }

  private List<Span> write(Tree tree, int writer, RunQueue queue) throws IOException {
    List<Span> slow = new ArrayList<>();
    long waited = queue.waitedNanos();
    SplitMix64 random = new SplitMix64(SplitMix64.SEED + writer);
    Histogram latencies = new Histogram(3);
    while (!done.get()) {
      int record = random.below(records.size() / WRITERS) * WRITERS + writer;
      int change = records.nextChange(record);
      byte[] value = records.value(record, change);
      long start = System.nanoTime();
      tree.set(records.key(record), value);
      long end = System.nanoTime();
      records.acknowledge(record, change);
      latencies.recordValue(end - start);
      if (end - start > 20_000) {
        // Whatever it waited since the last slow change: quick ones have not waited.
        long before = waited;
        waited = queue.waitedNanos();
        slow.add(new Span(start, end, Math.max(0, end - start - (waited - before))));
      }
    }
    synchronized (System.out) {
      MixedLoad.report("set", latencies);
    }
    return slow;
  }

  private static long longest(Span window, List<Span> slow, ToLongFunction<Span> nanos) {
    return slow.stream()
        .filter(change -> change.start < window.end && change.end > window.start)
        .mapToLong(nanos)
        .max()
        .orElse(0);
  }

  private static void report(String what, LongStream longestOfWindows) {
    long[] longest = longestOfWindows.sorted().toArray();
    System.out.printf(
        Locale.ROOT,
        "%s: %d windows, p50 %,d us, p90 %,d, p99 %,d, max %,d%n",
        what,
        longest.length,
        at(longest, 0.5),
        at(longest, 0.9),
        at(longest, 0.99),
        at(longest, 1));
  }

  private static long at(long[] sorted, double share) {
    return sorted.length == 0 ? 0 : sorted[(int) ((sorted.length - 1) * share)] / 1_000;
  }
}
