package io.drey.history;

import io.drey.BlobStore;
import io.drey.CheckpointPolicy;
import io.drey.Durability;
import io.drey.Snapshot;
import io.drey.Tree;
import io.drey.TreeConfig;
import io.drey.history.Round.Upkeep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Rounds over one tree, each judged, with the tree reopened now and then. */
final class Run {
  private static final int ROUNDS_PER_LIFE = 8;

  /** Of the lives of a tree on disk, in turn; those with a journal to replay are the even ones. */
  private static final List<Durability> DURABILITIES =
      List.of(Durability.OS, Durability.NONE, Durability.OS, Durability.SYNC);

  /** However slow the machine is, a run has so many. */
  private static final int ROUNDS_MIN = 6;

  /** The thread that fills the tree and reads it at rest; it has no choices. */
  private static final int NOBODY = 99;

  private final Setting setting;
  private final long seed;
  private final Path ground;
  private final Path directory;
  private final Progress progress;
  private final Keyspace keys;
  private Report report = Report.NOTHING;
  private int rounds;

  /** Where a user's store keeps them, from one life to the next. */
  private final BlobStore frames = new MapStore();

  /**
   * A run.
   *
   * @param ground an empty directory
   */
  Run(Setting setting, long seed, Path ground, Progress progress) {
    this.setting = setting;
    this.seed = seed;
    this.ground = ground;
    this.directory = ground.resolve("tree");
    this.progress = progress;
    this.keys = setting.keys();
  }

  /**
   * Plays until that time of {@link System#nanoTime}, but a few rounds in any case.
   *
   * @throws IllegalHistory with what is wrong
   */
  Report play(long deadline) throws Exception {
    Rest rest = null;
    for (int life = 0; life == 0 || System.nanoTime() < deadline; life++) {
      progress.phase("open");
      // Every other life has no checkpoints but those asked for, and none in its second half: its
      // files lie still at rest, and the journal has much to tell.
      boolean replayed = setting.isOnDisk() && life % 2 == 0;
      try (Tree tree = open(config(life, replayed))) {
        if (rest == null || !setting.isDurable()) {
          fill(tree);
          rest = Rest.of(tree, keys);
        } else {
          rest.mustEqual(Rest.of(tree, keys), keys, "reopened");
          report = report.with(Report.Figure.REOPENINGS, 1);
        }
        rest = playLife(tree, rest, replayed, deadline);
        if (replayed) {
          compareWithReplay(rest);
        }
        report = report.plus(Report.of(tree.stats()));
        progress.phase("close");
      }
    }
    return report.with(Report.Figure.STOPS, Disturbance.stops());
  }

  private Tree open(TreeConfig config) {
    return setting == Setting.USER_STORE ? Tree.open(config, frames) : Tree.open(config);
  }

  private TreeConfig config(int life, boolean still) {
    TreeConfig config = setting.config(directory);
    if (setting.isOnDisk()) {
      config = config.withDurability(DURABILITIES.get(life % DURABILITIES.size()));
    }
    return still ? config.withCheckpoint(CheckpointPolicy.onRequest()) : config;
  }

  /** Rounds over an open tree; a snapshot of its beginning shows the same at its end. */
  private Rest playLife(Tree tree, Rest first, boolean replayed, long deadline) throws Exception {
    Rest rest = first;
    try (Snapshot snapshot = tree.snapshot()) {
      int middle = rounds + ROUNDS_PER_LIFE / 2;
      int end = rounds + ROUNDS_PER_LIFE;
      while (rounds < end && (rounds < ROUNDS_MIN || System.nanoTime() < deadline)) {
        boolean checkpoints = !replayed || rounds < middle;
        Upkeep upkeep = checkpoints ? Upkeep.ALL : Upkeep.WITHOUT_CHECKPOINTS;
        rest = play(tree, rest, rounds++, upkeep);
      }
      first.mustShow(snapshot, keys);
    }
    return rest;
  }

  /** Stores every other key. */
  private void fill(Tree tree) {
    progress.phase("fill");
    for (int key = 0; key < keys.choices(); key += 2) {
      tree.set(keys.key(key), Values.bytes(Values.number(setting.sizes(), NOBODY, key + 1)));
    }
  }

  private Rest play(Tree tree, Rest before, int number, Upkeep upkeep) throws Exception {
    progress.phase("round " + number);
    Round round = new Round(setting, keys, tree, seed, number, upkeep, progress);
    List<Event> events = round.play();
    progress.phase("rest after round " + number);
    Rest after = Rest.of(tree, keys);
    long end = 1 + events.stream().mapToLong(Event::end).max().orElse(0);
    events.add(new Event(NOBODY, "the state at rest", end, end + 1, after.reading()));
    progress.phase("check of round " + number);
    Verdict verdict = new History(keys, before.values(), before.versions(), events).check();
    if (verdict.outcome() != Verdict.Outcome.EXPLAINED) {
      keep(events);
    }
    if (verdict.outcome() == Verdict.Outcome.WRONG) {
      throw new IllegalHistory("round " + number + ": " + verdict.story());
    }
    if (verdict.outcome() == Verdict.Outcome.UNDECIDED) {
      System.out.println("undecided, round " + number + ": " + verdict.story());
    }
    report = report.plus(Report.of(round, verdict));
    return after;
  }

  /** Writes a history down where the campaign keeps it. */
  private void keep(List<Event> events) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int key = 0; key < keys.size(); key++) {
      lines.add("key %d is %s".formatted(key, keys.text(key)));
    }
    events.stream()
        .sorted(Comparator.comparingLong(Event::start))
        .map(Story::line)
        .forEach(lines::add);
    Files.write(ground.resolve("history.txt"), lines);
  }

  /**
   * Opens a copy of the files as they are, which is what a killed process leaves: the journal's
   * order has to lead to the very state, versions included, that the workers have made.
   */
  private void compareWithReplay(Rest rest) throws IOException {
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
