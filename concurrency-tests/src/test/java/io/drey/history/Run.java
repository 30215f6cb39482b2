package io.drey.history;

import io.drey.CheckpointPolicy;
import io.drey.Tree;
import io.drey.TreeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** Rounds over one tree, each judged, with the tree reopened now and then. */
final class Run {
  private static final int ROUNDS_PER_LIFE = 20;

  /** The thread that fills the tree and reads it at rest; it has no choices. */
  private static final int NOBODY = 99;

  private final Setting setting;
  private final long seed;
  private final Path ground;
  private final Progress progress;
  private final Keyspace keys;
  private Report report = Report.NOTHING;

  /**
   * A run.
   *
   * @param ground an empty directory
   */
  Run(Setting setting, long seed, Path ground, Progress progress) {
    this.setting = setting;
    this.seed = seed;
    this.ground = ground;
    this.progress = progress;
    this.keys = setting.keys();
  }

  /**
   * Plays until that time of {@link System#nanoTime}, at least one round.
   *
   * @throws IllegalHistory with what is wrong
   */
  Report play(long deadline) throws Exception {
    int round = 0;
    int life = 0;
    Rest rest = null;
    Path directory = ground.resolve("tree");
    do {
      progress.phase("open");
      boolean replayed = setting.isOnDisk() && life++ % 2 == 0;
      try (Tree tree = Tree.open(config(directory, replayed))) {
        if (rest == null || !setting.isOnDisk()) {
          fill(tree);
          rest = Rest.of(tree, keys);
        } else {
          rest.mustEqual(Rest.of(tree, keys), keys, "reopened");
          report = report.plus(reopening());
        }
        for (int i = 0; i < ROUNDS_PER_LIFE && isFirstOrBefore(deadline, i); i++) {
          rest = play(tree, rest, round++);
        }
        if (replayed) {
          compareWithReplay(directory, rest);
        }
        report = report.plus(Report.of(tree.stats()));
        progress.phase("close");
      }
    } while (System.nanoTime() < deadline);
    return report;
  }

  /** Every other life has no checkpoints but those asked for, so its files are still at rest. */
  private TreeConfig config(Path directory, boolean still) {
    TreeConfig config = setting.config(directory);
    return still ? config.withCheckpoint(CheckpointPolicy.onRequest()) : config;
  }

  private static boolean isFirstOrBefore(long deadline, int i) {
    return i == 0 || System.nanoTime() < deadline;
  }

  private static Report reopening() {
    return new Report(0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0);
  }

  /** Stores every other key. */
  private void fill(Tree tree) {
    progress.phase("fill");
    for (int key = 0; key < keys.choices(); key += 2) {
      tree.set(keys.key(key), Values.bytes(Values.number(setting.sizes(), NOBODY, key + 1)));
    }
  }

  private Rest play(Tree tree, Rest before, int number) throws Exception {
    progress.phase("round " + number);
    Round round = new Round(setting, keys, tree, seed, number, progress);
    List<Event> events = round.play();
    progress.phase("rest after round " + number);
    Rest after = Rest.of(tree, keys);
    long end = 1 + events.stream().mapToLong(Event::end).max().orElse(0);
    events.add(new Event(NOBODY, "the state at rest", end, end + 1, after.reading()));
    progress.phase("check of round " + number);
    Verdict verdict = new History(keys, before.values(), before.versions(), events).check();
    if (verdict.outcome() == Verdict.Outcome.WRONG) {
      throw new IllegalHistory("round " + number + ": " + verdict.story());
    }
    boolean undecided = verdict.outcome() == Verdict.Outcome.UNDECIDED;
    if (undecided) {
      System.out.println("undecided, round " + number + ": " + verdict.story());
    }
    report =
        report.plus(
            new Report(
                round.operations(),
                1,
                undecided ? 1 : 0,
                verdict.steps(),
                0,
                0,
                0,
                0,
                0,
                0,
                round.worstNanos()));
    return after;
  }

  /**
   * Opens a copy of the files as they are, which is what a killed process leaves: the journal's
   * order has to lead to the very state, versions included, that the workers have made.
   */
  private void compareWithReplay(Path directory, Rest rest) throws IOException {
    progress.phase("replay of a copy");
    Path copy = ground.resolve("copy");
    copy(directory, copy);
    try (Tree tree = Tree.open(setting.config(copy))) {
      rest.mustEqual(Rest.of(tree, keys), keys, "replayed from a copy of the files");
    }
    delete(copy);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
