package io.drey.crash.hostile;

import io.drey.crash.Subject;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a fault campaign does.
 *
 * @param subject used by several threads at once, in different directories
 * @param seed of the workloads and of what faults leave to chance
 * @param workloads how many different workloads, with consecutive seeds
 * @param operations of each workload
 * @param faults kinds of faults to inject
 * @param perKind up to so many calls of a kind each one fails once; of more calls so many, chosen
 *     at random
 * @param damages places damaged at rest in each class of bytes of each file
 * @param byteClasses how the bytes of a file are classed
 * @param threads runs at the same time
 * @param patience a run in which nothing begins for so long hangs
 * @param limit no run begins later than this
 */
public record FaultOptions(
    Subject subject,
    long seed,
    int workloads,
    int operations,
    Set<FaultKind> faults,
    int perKind,
    int damages,
    ByteClasses byteClasses,
    int threads,
    Duration patience,
    Duration limit) {
  private static final int OPERATIONS = 40;
  private static final int PER_KIND = 1_000;
  private static final int DAMAGES = 8;

  /** Keeps a copy of the set. */
  public FaultOptions {
    faults = Set.copyOf(faults);
  }

  /** One workload of 40 operations, every fault at every call up to 1000 a kind. */
  public static FaultOptions of(Subject subject, long seed) {
    return new FaultOptions(
        subject,
        seed,
        1,
        OPERATIONS,
        EnumSet.allOf(FaultKind.class),
        PER_KIND,
        DAMAGES,
        ByteClasses.byPlace(),
        1,
        Duration.ofSeconds(60),
        Duration.ofDays(1));
  }

  /** With other workloads. */
  public FaultOptions workloads(int number, int operationsEach) {
    return new FaultOptions(
        subject,
        seed,
        number,
        operationsEach,
        faults,
        perKind,
        damages,
        byteClasses,
        threads,
        patience,
        limit);
  }

  /** With fewer kinds of faults; none leaves the damage at rest. */
  public FaultOptions faults(Set<FaultKind> kinds) {
    return new FaultOptions(
        subject,
        seed,
        workloads,
        operations,
        kinds,
        perKind,
        damages,
        byteClasses,
        threads,
        patience,
        limit);
  }

  /** With another bound of calls a kind, and number of damages a class. */
  public FaultOptions bounds(int callsPerKind, int damagesPerClass) {
    return new FaultOptions(
        subject,
        seed,
        workloads,
        operations,
        faults,
        callsPerKind,
        damagesPerClass,
        byteClasses,
        threads,
        patience,
        limit);
  }

  /** With another way of classing bytes. */
  public FaultOptions byteClasses(ByteClasses classes) {
    return new FaultOptions(
        subject,
        seed,
        workloads,
        operations,
        faults,
        perKind,
        damages,
        classes,
        threads,
        patience,
        limit);
  }

  /** With other threads and times. */
  public FaultOptions running(int atOnce, Duration hang, Duration longest) {
    return new FaultOptions(
        subject,
        seed,
        workloads,
        operations,
        faults,
        perKind,
        damages,
        byteClasses,
        atOnce,
        hang,
        longest);
  }
}
