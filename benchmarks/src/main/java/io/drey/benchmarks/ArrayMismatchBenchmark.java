package io.drey.benchmarks;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The cost of comparing two equal 64-byte keys on the heap: the floor under every lookup. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ArrayMismatchBenchmark {
  private final byte[] left = new byte[64];
  private final byte[] right = new byte[64];

  /** Returns -1: the keys are equal. */
  @Benchmark
  public int compareEqualKeys() {
    return Arrays.mismatch(left, right);
  }
}
