package io.drey.crash.kill;

import java.time.Duration;
import java.util.List;

/**
 * How far a {@link KillCampaign} goes. Begin with {@link #of} and change what differs.
 *
 * @param seed of operations and kills
 * @param operations how many a child does if it is not killed
 * @param points points to kill at; empty = at random times only
 * @param jvmOptions for the children, system properties ({@code -Dname=value}) included
 * @param images whether the files a child finds are kept for the case that it finds them broken
 * @param events a finding tells of the events of these names what the flight recorder of the last
 *     two children had written down in its last second
 */
public record KillOptions(
    long seed,
    int operations,
    List<KillPoint> points,
    List<String> jvmOptions,
    Images images,
    Events events,
    Limits limits) {
  /** What is kept of the files before each recovery. */
  public enum Images {
    /** Nothing: the store as recovery left it is all there is to look at. */
    NONE,
    /** A copy, next to the store, replaced before each recovery. */
    BEFORE_RECOVERY
  }

  /**
   * Which events of its children the campaign keeps. The recorder writes them down about once a
   * second: of a child that is killed earlier nothing is known. A recorded child starts slower.
   *
   * @param prefix of their names; empty = children are not recorded
   */
  public record Events(String prefix) {
    /** Children are not recorded. */
    public static final Events NONE = new Events("");
  }

  /**
   * When the campaign ends.
   *
   * @param rounds children to run at most
   * @param time no round begins later than this
   * @param silence a child that says nothing for so long hangs
   * @param findings it ends after so many findings
   */
  public record Limits(int rounds, Duration time, Duration silence, int findings) {}

  /** Keeps copies of the lists. */
  public KillOptions {
    points = List.copyOf(points);
    jvmOptions = List.copyOf(jvmOptions);
  }

  /**
   * 100 rounds of 100 operations, killed at random times and at all points; at most 10 minutes, a
   * silence of at most 60 s, 3 findings.
   */
  public static KillOptions of(long seed) {
    return new KillOptions(
        seed,
        100,
        KillPoint.everywhere(),
        List.of(),
        Images.NONE,
        Events.NONE,
        new Limits(100, Duration.ofMinutes(10), Duration.ofSeconds(60), 3));
  }

  public KillOptions withOperations(int changed) {
    return new KillOptions(seed, changed, points, jvmOptions, images, events, limits);
  }

  public KillOptions withPoints(List<KillPoint> changed) {
    return new KillOptions(seed, operations, changed, jvmOptions, images, events, limits);
  }

  public KillOptions withJvmOptions(List<String> changed) {
    return new KillOptions(seed, operations, points, changed, images, events, limits);
  }

  public KillOptions withImages(Images changed) {
    return new KillOptions(seed, operations, points, jvmOptions, changed, events, limits);
  }

  public KillOptions withEvents(Events changed) {
    return new KillOptions(seed, operations, points, jvmOptions, images, changed, limits);
  }

  public KillOptions withLimits(Limits changed) {
    return new KillOptions(seed, operations, points, jvmOptions, images, events, changed);
  }

  /** Ends after so many rounds or this time, whichever comes first. */
  public KillOptions withBudget(int rounds, Duration time) {
    return withLimits(new Limits(rounds, time, limits.silence, limits.findings));
  }

  public KillOptions withSilence(Duration silence) {
    return withLimits(new Limits(limits.rounds, limits.time, silence, limits.findings));
  }
}
