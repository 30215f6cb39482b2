package io.drey.crash.disk;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a {@link PowerLossCampaign} goes. Begin with {@link #of} and change what differs.
 *
 * @param seed everything random follows from it
 * @param bounds which crash states of a position are tried
 * @param images a real directory in which each failing image is laid out; null = none are
 */
public record PowerLossOptions(
    long seed,
    Workload workload,
    CrashBounds bounds,
    NextLives nextLives,
    Limits limits,
    @Nullable Path images) {
  /**
   * What is done to the store.
   *
   * @param runs from an empty directory, and in turn from the store that the run before closed
   * @param operations of each run
   */
  public record Workload(int runs, int operations) {}

  /**
   * How often a crash is gone on from: the recovery and operations after it are recorded, and crash
   * at every position too.
   *
   * @param ofImages one of so many distinct images a loss of power left; 0 = none
   * @param ofKills one of so many positions at which the process is killed, the pending effects
   *     stay pending, and power is lost during the recovery or after it; 0 = none
   */
  public record NextLives(int ofImages, int ofKills) {}

  /**
   * When the campaign ends, and what it may use.
   *
   * @param states it ends after so many crash states
   * @param time it ends after this time
   * @param call longest time for one call of the store; one that takes longer hangs
   * @param findings it ends after so many findings
   * @param threads recoveries at once; 1 if the subject bears no more
   */
  public record Limits(long states, Duration time, Duration call, int findings, int threads) {}

  /** 4 runs of 30 operations, at most a minute, calls of at most 20 s, 3 findings, 2 threads. */
  public static PowerLossOptions of(long seed) {
    return new PowerLossOptions(
        seed,
        new Workload(4, 30),
        CrashBounds.DEFAULT,
        new NextLives(100, 10),
        new Limits(Long.MAX_VALUE, Duration.ofMinutes(1), Duration.ofSeconds(20), 3, 2),
        null);
  }

  public PowerLossOptions withWorkload(int runs, int operations) {
    Workload changed = new Workload(runs, operations);
    return new PowerLossOptions(seed, changed, bounds, nextLives, limits, images);
  }

  public PowerLossOptions withBounds(CrashBounds changed) {
    return new PowerLossOptions(seed, workload, changed, nextLives, limits, images);
  }

  public PowerLossOptions withNextLives(int ofImages, int ofKills) {
    NextLives changed = new NextLives(ofImages, ofKills);
    return new PowerLossOptions(seed, workload, bounds, changed, limits, images);
  }

  public PowerLossOptions withLimits(Limits changed) {
    return new PowerLossOptions(seed, workload, bounds, nextLives, changed, images);
  }

  /** Ends after so many states or this time, whichever comes first. */
  public PowerLossOptions withBudget(long states, Duration time) {
    return withLimits(new Limits(states, time, limits.call, limits.findings, limits.threads));
  }

  public PowerLossOptions withCallLimit(Duration call) {
    return withLimits(
        new Limits(limits.states, limits.time, call, limits.findings, limits.threads));
  }

  public PowerLossOptions withFindings(int findings) {
    return withLimits(
        new Limits(limits.states, limits.time, limits.call, findings, limits.threads));
  }

  public PowerLossOptions withThreads(int threads) {
    return withLimits(
        new Limits(limits.states, limits.time, limits.call, limits.findings, threads));
  }

  public PowerLossOptions withImages(Path directory) {
    return new PowerLossOptions(seed, workload, bounds, nextLives, limits, directory);
  }
}
