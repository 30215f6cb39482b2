package io.drey.crash.hostile;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * How far a {@link FaultCampaign} goes. Begin with {@link #of} and change what differs.
 *
 * @param seed of the workloads and of what faults leave to chance
 * @param workload what is done to the store
 * @param faults kinds of faults to inject
 * @param perKind up to so many calls of a kind each one fails once; of more calls so many, chosen
 *     at random
 * @param damages places damaged at rest in each class of bytes of each file
 * @param byteClasses how the bytes of a file are classed
 */
public record FaultOptions(
    long seed,
    Workload workload,
    Set<FaultKind> faults,
    int perKind,
    int damages,
    ByteClasses byteClasses,
    Limits limits) {
  /**
   * What is done to the store under each fault.
   *
   * @param runs different workloads, with consecutive seeds
   * @param operations of each
   */
  public record Workload(int runs, int operations) {}

  /**
   * When the campaign ends, and what it may use.
   *
   * @param time no run begins later than this
   * @param call a run in which no step ends for so long hangs
   * @param threads runs at once
   */
  public record Limits(Duration time, Duration call, int threads) {}

  /** Keeps a copy of the set. */
  public FaultOptions {
    faults = Set.copyOf(faults);
  }

  /**
   * One workload of 40 operations, every fault at each of up to 1000 calls of a kind, 8 damages a
   * class of bytes; at most 10 minutes, calls of at most 20 s, 2 threads.
   */
  public static FaultOptions of(long seed) {
    return new FaultOptions(
        seed,
        new Workload(1, 40),
        EnumSet.allOf(FaultKind.class),
        1_000,
        8,
        ByteClasses.byPlace(),
        new Limits(Duration.ofMinutes(10), Duration.ofSeconds(20), 2));
  }

  public FaultOptions withWorkload(int runs, int operations) {
    Workload changed = new Workload(runs, operations);
    return new FaultOptions(seed, changed, faults, perKind, damages, byteClasses, limits);
  }

  /** With these kinds of faults only; none leaves the damage at rest. */
  public FaultOptions withFaults(Set<FaultKind> kinds) {
    return new FaultOptions(seed, workload, kinds, perKind, damages, byteClasses, limits);
  }

  public FaultOptions withBounds(int callsPerKind, int damagesPerClass) {
    return new FaultOptions(
        seed, workload, faults, callsPerKind, damagesPerClass, byteClasses, limits);
  }

  public FaultOptions withByteClasses(ByteClasses changed) {
    return new FaultOptions(seed, workload, faults, perKind, damages, changed, limits);
  }

  public FaultOptions withLimits(Limits changed) {
    return new FaultOptions(seed, workload, faults, perKind, damages, byteClasses, changed);
  }
}
