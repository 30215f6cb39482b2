package io.drey.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The reference workload as a plain program: loads a data set, runs operation after operation, and
 * prints one line of JSON for each cell.
 */
public final class Workload {
  private final WorkloadOptions options;
  private final Records records;
  private final PrintStream out;

  Workload(WorkloadOptions options, PrintStream out) throws IOException {
    this.options = options;
    this.records = new Records(DataSet.of(options.dataSet(), options.records(), options.paths()));
    this.out = out;
  }

  /** Runs the workload that the arguments describe; without any, the reference one. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length == 1 && arguments[0].contains("help")) {
      System.out.print(WorkloadOptions.USAGE);
      return;
    }
    new Workload(WorkloadOptions.of(arguments), System.out).run();
  }

  /** Loads and measures; leaves nothing behind. */
  void run() throws IOException, InterruptedException {
    Path ground = Files.createTempDirectory(options.directory(), "drey-workload-");
    try {
      List<Measurement> loads = new ArrayList<>();
      for (int repeat = 1; repeat < options.repeats(); repeat++) {
        Path store = ground.resolve("load-" + repeat);
        try (Engine engine = open(store)) {
          loads.add(load(engine));
        }
        Footprint.delete(store);
      }
      Path store = ground.resolve("store");
      try (Engine engine = open(store)) {
        loads.add(load(engine));
        report(engine, store, WorkloadOperation.INSERT, 1, Measurement.median(loads));
        for (WorkloadOperation operation : options.operations()) {
          for (int threads : options.threads()) {
            report(engine, store, operation, threads, measure(engine, operation, threads));
          }
        }
      }
    } finally {
      Footprint.delete(ground);
    }
  }

  private Engine open(Path store) {
    long pool = options.poolBytes() > 0 ? options.poolBytes() : Profile.poolBytes(records.size());
    return new DreyEngine(options.profile().config(store, pool, options.storage()));
  }

  private Measurement load(Engine engine) {
    return Measurement.ofLoad(
        new Worker(engine, records, WorkloadOperation.INSERT, 0), records.size());
  }

  private Measurement measure(Engine engine, WorkloadOperation operation, int threads)
      throws InterruptedException {
    List<Worker> workers =
        IntStream.range(0, threads)
            .mapToObj(thread -> new Worker(engine, records, operation, thread))
            .toList();
    run(workers, options.warmUp());
    List<Measurement> repeats = new ArrayList<>();
    for (int repeat = 0; repeat < options.repeats(); repeat++) {
      repeats.add(run(workers, options.measure()));
    }
    if (workers.stream().mapToLong(Worker::sum).sum() == Long.MIN_VALUE) {
      throw new IllegalStateException("impossible");
    }
    return Measurement.median(repeats);
  }

  private static Measurement run(List<Worker> workers, Duration time) throws InterruptedException {
    return Measurement.ofWorkers(workers, time.toNanos());
  }

  private void report(
      Engine engine, Path store, WorkloadOperation operation, int threads, Measurement measurement)
      throws IOException {
    out.printf(
        Locale.ROOT,
        "{\"engine\":\"%s\",\"version\":\"%s\",\"profile\":\"%s\",\"dataset\":\"%s\",\"n\":%d,"
            + "\"op\":\"%s\",\"threads\":%d,\"ns_per_op\":%.1f,\"ops_per_s\":%.0f,\"p50\":%d,"
            + "\"p99\":%d,\"p999\":%d,\"rss_mb\":%d,\"disk_mb\":%d}%n",
        engine.name(),
        engine.version(),
        lower(options.profile()),
        records.set().name(),
        records.size(),
        lower(operation),
        threads,
        measurement.nanosPerOperation(),
        measurement.operationsPerSecond(),
        measurement.latencies().getValueAtPercentile(50),
        measurement.latencies().getValueAtPercentile(99),
        measurement.latencies().getValueAtPercentile(99.9),
        Footprint.residentMegabytes(),
        Footprint.diskMegabytes(store));
    out.flush();
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
