package io.drey.crash.kill;

import io.drey.crash.Subject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a kill campaign does.
 *
 * @param subject class of the subject, with a public constructor without parameters
 * @param directory where stores are made; made itself if it is missing
 * @param seed of operations and kills
 * @param rounds children to run at most
 * @param limit no round begins later than this
 * @param operations how many a child does if it is not killed
 * @param points points to kill at; empty = at random times only
 * @param jvmOptions for the children, system properties ({@code -Dname=value}) included
 * @param patience a child that says nothing for so long hangs
 * @param images whether the files a child finds are kept for the case that it finds them broken
 * @param findings the campaign ends after so many
 */
public record KillOptions(
    Class<? extends Subject> subject,
    Path directory,
    long seed,
    int rounds,
    Duration limit,
    int operations,
    List<KillPoint> points,
    List<String> jvmOptions,
    Duration patience,
    Images images,
    int findings) {
  /** What is kept of the files before each recovery. */
  public enum Images {
    /** Nothing: the store as recovery left it is all there is to look at. */
    NONE,
    /** A copy, next to the store, replaced before each recovery. */
    BEFORE_RECOVERY
  }

  private static final int ROUNDS = 100;
  private static final int OPERATIONS = 100;
  private static final int FINDINGS = 3;

  /** Keeps copies of the lists. */
  public KillOptions {
    points = List.copyOf(points);
    jvmOptions = List.copyOf(jvmOptions);
  }

  /** 100 rounds of 100 operations, killed at random times and at all points. */
  public static KillOptions of(Class<? extends Subject> subject, Path directory, long seed) {
    return new KillOptions(
        subject,
        directory,
        seed,
        ROUNDS,
        Duration.ofDays(1),
        OPERATIONS,
        KillPoint.everywhere(),
        List.of(),
        Duration.ofSeconds(60),
        Images.NONE,
        FINDINGS);
  }

  /** With another number of rounds, and a limit of time. */
  public KillOptions rounds(int most, Duration time) {
    return new KillOptions(
        subject,
        directory,
        seed,
        most,
        time,
        operations,
        points,
        jvmOptions,
        patience,
        images,
        findings);
  }

  /** With another number of operations a child. */
  public KillOptions operations(int count) {
    return new KillOptions(
        subject,
        directory,
        seed,
        rounds,
        limit,
        count,
        points,
        jvmOptions,
        patience,
        images,
        findings);
  }

  /** With other points. */
  public KillOptions points(List<KillPoint> at) {
    return new KillOptions(
        subject,
        directory,
        seed,
        rounds,
        limit,
        operations,
        at,
        jvmOptions,
        patience,
        images,
        findings);
  }

  /** With options for the children's JVMs. */
  public KillOptions jvmOptions(List<String> options) {
    return new KillOptions(
        subject,
        directory,
        seed,
        rounds,
        limit,
        operations,
        points,
        options,
        patience,
        images,
        findings);
  }

  /** With another patience. */
  public KillOptions patience(Duration time) {
    return new KillOptions(
        subject,
        directory,
        seed,
        rounds,
        limit,
        operations,
        points,
        jvmOptions,
        time,
        images,
        findings);
  }

  /** With copies of what each child finds. */
  public KillOptions images(Images kept) {
    return new KillOptions(
        subject,
        directory,
        seed,
        rounds,
        limit,
        operations,
        points,
        jvmOptions,
        patience,
        kept,
        findings);
  }
}
