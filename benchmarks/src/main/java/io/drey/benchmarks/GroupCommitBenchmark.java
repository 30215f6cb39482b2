package io.drey.benchmarks;

import io.drey.benchmarks.CommitOptions.Kind;
import io.drey.benchmarks.CommitOptions.Target;
import io.drey.journal.JournalConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadFactory;
import java.util.function.ToDoubleFunction;

/**
 * Compares durable commits from several threads: the least that shares forces, the journal, and a
 * tree, over files of one kind in one directory. The targets take turns, a slice of time each, so
 * that a disk whose speed changes changes it for all; figures and ratios are medians over the
 * turns.
 */
public final class GroupCommitBenchmark {
  /** Bytes of a journal record's header, which the bare loop writes too. */
  private static final int HEADER_BYTES = 32;

  private final CommitOptions options;
  private final PrintStream out;

  GroupCommitBenchmark(CommitOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /** Runs the comparison that the arguments describe. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length == 1 && arguments[0].contains("help")) {
      System.out.print(CommitOptions.USAGE);
      return;
    }
    new GroupCommitBenchmark(CommitOptions.of(arguments), System.out).run();
  }

  /** Leaves nothing behind. */
  void run() throws IOException, InterruptedException {
    out.println(
        "kind      threads  target   commits/s  ratio  forces/s  commits/force   p50 us   p99 us"
            + "  cpu us/commit");
    for (Kind kind : options.kinds()) {
      for (int threads : options.threads()) {
        compare(kind, threads);
      }
    }
  }

  private void compare(Kind kind, int threads) throws IOException, InterruptedException {
    Path ground = Files.createTempDirectory(options.directory(), "drey-commits-");
    List<CommitTarget> targets = new ArrayList<>();
    try {
      for (Target target : options.targets()) {
        targets.add(open(target, ground, threads));
      }
      List<List<CommitRun>> runs = new ArrayList<>();
      warmUp(kind, threads, targets);
      for (int repeat = 0; repeat < options.repeats(); repeat++) {
        runs.add(turn(kind, threads, targets));
      }
      for (int target = 0; target < targets.size(); target++) {
        report(kind, threads, target, runs);
      }
    } finally {
      for (CommitTarget target : targets) {
        target.close();
      }
      Footprint.delete(ground);
    }
  }

  /**
   * WHY platform threads first: a class loaded inside a virtual thread can leave the scheduler of
   * virtual threads with a carrier more than there are processors, which it keeps while it is busy,
   * and then the carriers preempt each other.
   */
  private void warmUp(Kind kind, int threads, List<CommitTarget> targets)
      throws InterruptedException {
    turn(Kind.PLATFORM, threads, targets);
    if (kind != Kind.PLATFORM) {
      turn(kind, threads, targets);
    }
  }

  private CommitTarget open(Target target, Path ground, int threads) throws IOException {
    Path path = ground.resolve(target.name().toLowerCase(Locale.ROOT));
    return switch (target) {
      case BARE ->
          new BareCommits(
              path, JournalConfig.DEFAULT_SEGMENT_BYTES, HEADER_BYTES + options.bodyBytes());
      case JOURNAL -> new JournalCommits(path, options.bodyBytes());
      case TREE -> new TreeCommits(path, threads, options.bodyBytes());
    };
  }

  private List<CommitRun> turn(Kind kind, int threads, List<CommitTarget> targets)
      throws InterruptedException {
    List<CommitRun> runs = new ArrayList<>();
    for (CommitTarget target : targets) {
      runs.add(CommitRun.of(target, factory(kind), threads, options.measure().toNanos()));
    }
    return runs;
  }

  private static ThreadFactory factory(Kind kind) {
    return switch (kind) {
      case PLATFORM -> Thread.ofPlatform().factory();
      case VIRTUAL -> Thread.ofVirtual().factory();
    };
  }

  private void report(Kind kind, int threads, int target, List<List<CommitRun>> runs) {
    List<CommitRun> own = runs.stream().map(turn -> turn.get(target)).toList();
    double ratio =
        median(
            runs, turn -> turn.get(target).commitsPerSecond() / turn.getFirst().commitsPerSecond());
    out.printf(
        Locale.ROOT,
        "%-9s %7d  %-8s %9.0f  %5.2f %9.0f %14.2f %8.0f %8.0f %14.2f%n",
        kind.name().toLowerCase(Locale.ROOT),
        threads,
        options.targets().get(target).name().toLowerCase(Locale.ROOT),
        median(own, CommitRun::commitsPerSecond),
        ratio,
        median(own, CommitRun::forcesPerSecond),
        median(own, CommitRun::commitsPerForce),
        median(own, run -> run.latencyMicros(50)),
        median(own, run -> run.latencyMicros(99)),
        median(own, CommitRun::cpuMicrosPerCommit));
    out.flush();
  }

  private static <T> double median(List<T> runs, ToDoubleFunction<T> figure) {
    return runs.stream().mapToDouble(figure).sorted().skip(runs.size() / 2).findFirst().orElse(0);
  }
}
