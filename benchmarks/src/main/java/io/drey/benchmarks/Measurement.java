package io.drey.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/**
 * What one cell of the workload took.
 *
 * @param operations how many operations ran, in all threads
 * @param nanos the time they took together: elapsed time times threads
 * @param elapsedNanos the time on the clock
 * @param latencies nanoseconds of one operation in 64
 */
record Measurement(long operations, long nanos, long elapsedNanos, Histogram latencies) {
  private static final int SAMPLED_ONE_IN = 64;
  private static final long LATENCY_NANOS_MAX = 60_000_000_000L;
  private static final int DIGITS = 3;

  double nanosPerOperation() {
    return operations == 0 ? 0 : (double) nanos / operations;
  }

  double operationsPerSecond() {
    return elapsedNanos == 0 ? 0 : operations * 1e9 / elapsedNanos;
  }

  /** Returns the one in the middle, by nanoseconds per operation. */
  static Measurement median(List<Measurement> repeats) {
    return repeats.stream()
        .sorted(Comparator.comparingDouble(Measurement::nanosPerOperation))
        .toList()
        .get(repeats.size() / 2);
  }

  /** Loads all records in load order, once. */
  static Measurement ofLoad(Worker worker, int records) {
    Histogram latencies = histogram();
    long start = System.nanoTime();
    for (int place = 0; place < records; place++) {
      if (place % SAMPLED_ONE_IN == 0) {
        long before = System.nanoTime();
        worker.load(place);
        latencies.recordValue(System.nanoTime() - before);
      } else {
        worker.load(place);
      }
    }
    long elapsed = System.nanoTime() - start;
    return new Measurement(records, elapsed, elapsed, latencies);
  }

  /** Runs the workers, each in a thread, for {@code nanos}, beginning together. */
  static Measurement ofWorkers(List<Worker> workers, long nanos) throws InterruptedException {
    if (workers.size() == 1) {
      return ofWorker(workers.getFirst(), nanos);
    }
    CyclicBarrier start = new CyclicBarrier(workers.size());
    List<Future<Measurement>> futures = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(workers.size())) {
      for (Worker worker : workers) {
        futures.add(
            threads.submit(() -> {
              await(start);
              return ofWorker(worker, nanos);
            }));
      }
      return sum(futures);
    }
  }

  private static Measurement ofWorker(Worker worker, long nanos) {
    Histogram latencies = histogram();
    long operations = 0;
    long start = System.nanoTime();
    long end = start;
    do {
      long before = System.nanoTime();
      worker.run();
      long after = System.nanoTime();
      latencies.recordValue(Math.min(LATENCY_NANOS_MAX, after - before));
      for (int i = 1; i < SAMPLED_ONE_IN && after - start < nanos; i++) {
        worker.run();
        operations++;
      }
      operations++;
      end = System.nanoTime();
    } while (end - start < nanos);
    return new Measurement(operations, end - start, end - start, latencies);
  }

  private static Measurement sum(List<Future<Measurement>> futures) throws InterruptedException {
    Histogram latencies = histogram();
    long operations = 0;
    long nanos = 0;
    long elapsed = 0;
    for (Future<Measurement> future : futures) {
      try {
        Measurement part = future.get();
        operations += part.operations;
        nanos += part.nanos;
        elapsed = Math.max(elapsed, part.elapsedNanos);
        latencies.add(part.latencies);
      } catch (ExecutionException e) {
        throw new IllegalStateException("a worker failed", e.getCause());
      }
    }
    return new Measurement(operations, nanos, elapsed, latencies);
  }

  private static Histogram histogram() {
    return new Histogram(LATENCY_NANOS_MAX, DIGITS);
  }

  private static void await(CyclicBarrier barrier) throws InterruptedException {
    try {
      barrier.await();
    } catch (BrokenBarrierException e) {
      throw new IllegalStateException("a worker did not start", e);
    }
  }
}
