package io.drey.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the group-commit comparison runs, read from arguments of the form {@code name=value}.
 *
 * @param targets what is compared; the first is what the ratios refer to
 * @param threads how many threads, one group of rows for each
 * @param kinds of threads
 * @param bodyBytes of one record, without the journal's header
 * @param measure each slice of time
 * @param repeats how often the targets take turns
 * @param directory where files are made
 */
record CommitOptions(
    List<Target> targets,
    List<Integer> threads,
    List<Kind> kinds,
    int bodyBytes,
    Duration measure,
    int repeats,
    Path directory) {

  /** What commits. */
  enum Target {
    BARE,
    JOURNAL,
    TREE
  }

  /** What runs the committers. */
  enum Kind {
    PLATFORM,
    VIRTUAL
  }

  static final String USAGE =
      """
      groupcommit [name=value]...
        targets=LIST     bare,journal,tree; ratios refer to the first (all three)
        threads=LIST     committing threads, one group of rows for each, 1 to 1000 (1,4,16,64)
        kinds=LIST       platform,virtual (both)
        body=BYTES       of a record, 64 or more (128)
        measure=MS       each slice; the targets take turns (1000)
        repeats=NUMBER   slices of each target; the median counts (7)
        dir=PATH         where files are made (the system's temporary directory)
      """;

  private static final int LEAST_BODY_BYTES = 64;

  /** A thread's number has three digits in its keys. */
  private static final int MOST_THREADS = 1_000;

  private static final Set<String> NAMES =
      Set.of("targets", "threads", "kinds", "body", "measure", "repeats", "dir");

  /** Refuses bodies too short for a key, and more threads than keys can name. */
  CommitOptions {
    for (int count : threads) {
      if (count < 1 || count > MOST_THREADS) {
        throw new IllegalArgumentException("threads: 1 to " + MOST_THREADS + ", not " + count);
      }
    }
    if (bodyBytes < LEAST_BODY_BYTES) {
      throw new IllegalArgumentException("body: " + bodyBytes);
    }
  }

  static CommitOptions of(String... arguments) {
    Properties given = new Properties();
    for (String argument : arguments) {
      int split = argument.indexOf('=');
      if (split < 0 || !NAMES.contains(argument.substring(0, split))) {
        throw new IllegalArgumentException("not understood: " + argument + "\n" + USAGE);
      }
      given.setProperty(argument.substring(0, split), argument.substring(split + 1));
    }
    return new CommitOptions(
        words(given.getProperty("targets", "bare,journal,tree")).map(Target::valueOf).toList(),
        words(given.getProperty("threads", "1,4,16,64")).map(Integer::valueOf).toList(),
        words(given.getProperty("kinds", "platform,virtual")).map(Kind::valueOf).toList(),
        Integer.parseInt(given.getProperty("body", "128")),
        Duration.ofMillis(Long.parseLong(given.getProperty("measure", "1000"))),
        Integer.parseInt(given.getProperty("repeats", "7")),
        Path.of(given.getProperty("dir", System.getProperty("java.io.tmpdir"))));
  }

  private static Stream<String> words(String list) {
    return Arrays.stream(list.toUpperCase(Locale.ROOT).split(",", -1));
  }
}
