package io.drey.benchmarks;

/**
 * The generator of the reference workload: every engine in every language draws the same numbers.
 * One thread at a time.
 *
 * <p>Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators" (OOPSLA 2014).
 */
final class SplitMix64 {
  static final long SEED = 0xDEADBEEFCAFEBABEL;

  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  SplitMix64(long seed) {
    state = seed;
  }

  /** Returns a generator that has drawn {@code count} numbers already. */
  static SplitMix64 after(long seed, long count) {
    return new SplitMix64(seed + count * GAMMA);
  }

  long next() {
    state += GAMMA;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Returns a number from 0 to before {@code bound}. */
  int below(int bound) {
    return (int) ((next() >>> 1) % bound);
  }
}
