package io.drey.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What recordings cost: runs {@link RecordingBenchmark} and compares the iterations two by two. The
 * cost of a process is the median of these ratios; told are the mean of the processes, its standard
 * error, and the lowest and the highest one: processes differ more than chance within one explains,
 * so use many ({@code -f}). Takes the options of JMH; warm-up and measurement need even numbers of
 * iterations.
 */
public final class RecordingCost {
  private RecordingCost() {}

  /** Runs the benchmark with JMH's command line options. */
  public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .parent(new CommandLineOptions(arguments))
                    .include(RecordingBenchmark.class.getName())
                    .build())
            .run();
    System.out.println();
    System.out.println(
        "operation  settings             part   ns without     cost   std error   of single"
            + " processes");
    for (RunResult result : results) {
      report(result);
    }
  }

  private static void report(RunResult result) {
    List<Double> without = new ArrayList<>();
    List<Double> medians = new ArrayList<>();
    for (BenchmarkResult process : result.getBenchmarkResults()) {
      List<Double> scores =
          process.getIterationResults().stream().map(RecordingCost::score).toList();
      List<Double> own = new ArrayList<>();
      int before = process.getParams().getWarmup().getCount();
      if (before % 2 != 0) {
        throw new IllegalArgumentException("an even number of warm-up iterations is needed");
      }
      for (int i = 0; i + 1 < scores.size(); i += 2) {
        boolean first = RecordingBenchmark.isRecorded(before + i);
        double with = scores.get(first ? i : i + 1);
        double off = scores.get(first ? i + 1 : i);
        without.add(off);
        own.add(with / off);
      }
      medians.add(median(own));
    }
    System.out.printf(
        Locale.ROOT,
        "%-10s %-20s %-5s %11.1f %+6.2f %%    %5.2f %%   %+.2f to %+.2f %%%n",
        result.getParams().getParam("operation"),
        Path.of(result.getParams().getParam("settings")).getFileName(),
        result.getParams().getParam("part"),
        median(without),
        percent(mean(medians)),
        100 * standardError(medians),
        percent(Collections.min(medians)),
        percent(Collections.max(medians)));
  }

  private static double score(IterationResult iteration) {
    return iteration.getPrimaryResult().getScore();
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  /** Of the mean; not a number for one value. */
  private static double standardError(List<Double> values) {
    double mean = mean(values);
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (values.size() - 1) / values.size());
  }

  private static double percent(double ratio) {
    return (ratio - 1) * 100;
  }
}
