package io.drey.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import org.HdrHistogram.Histogram;

/**
 * What several committing threads did in one slice of time.
 *
 * @param commits of all threads together
 * @param forces issued meanwhile
 * @param elapsedNanos from the first commit's beginning to the last one's end
 * @param cpuNanos of all threads of the process meanwhile
 * @param latencies nanoseconds of every commit
 */
record CommitRun(long commits, long forces, long elapsedNanos, long cpuNanos, Histogram latencies) {
  private static final long LATENCY_NANOS_MAX = 60_000_000_000L;
  private static final int DIGITS = 3;
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  double commitsPerSecond() {
    return commits * 1e9 / elapsedNanos;
  }

  double forcesPerSecond() {
    return forces * 1e9 / elapsedNanos;
  }

  double commitsPerForce() {
    return forces == 0 ? 0 : (double) commits / forces;
  }

  double cpuMicrosPerCommit() {
    return cpuNanos / 1e3 / commits;
  }

  double latencyMicros(double percentile) {
    return latencies.getValueAtPercentile(percentile) / 1e3;
  }

  /** Commits from so many threads for {@code nanos}. */
  static CommitRun of(CommitTarget target, ThreadFactory threads, int count, long nanos)
      throws InterruptedException {
    long forcesBefore = target.forces();
    List<FutureTask<Histogram>> tasks = new ArrayList<>();
    for (int thread = 0; thread < count; thread++) {
      CommitTarget.Committer committer = target.committer(thread);
      tasks.add(new FutureTask<>(() -> commitFor(committer, nanos)));
    }
    long cpuBefore = PROCESS.getProcessCpuTime();
    long start = System.nanoTime();
    for (FutureTask<Histogram> task : tasks) {
      threads.newThread(task).start();
    }
    Histogram all = new Histogram(LATENCY_NANOS_MAX, DIGITS);
    for (FutureTask<Histogram> task : tasks) {
      all.add(result(task));
    }
    long elapsed = System.nanoTime() - start;
    long cpu = PROCESS.getProcessCpuTime() - cpuBefore;
    long forces = target.forces() - forcesBefore;
    return new CommitRun(all.getTotalCount(), forces, elapsed, cpu, all);
  }

  private static Histogram commitFor(CommitTarget.Committer committer, long nanos)
      throws IOException {
    Histogram latencies = new Histogram(LATENCY_NANOS_MAX, DIGITS);
    long start = System.nanoTime();
    long before = start;
    do {
      committer.commit();
      long after = System.nanoTime();
      latencies.recordValue(Math.min(LATENCY_NANOS_MAX, after - before));
      before = after;
    } while (before - start < nanos);
    return latencies;
  }

  private static Histogram result(FutureTask<Histogram> task) throws InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a committer failed", e.getCause());
    }
  }
}
