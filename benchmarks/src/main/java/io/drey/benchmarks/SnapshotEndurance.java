package io.drey.benchmarks;

import io.drey.Snapshot;
import io.drey.Tree;
import io.drey.TreeStats;
import io.drey.Visit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * A snapshot taken under full write load shows one moment, and the same one after many millions of
 * changes in a pool of a quarter of the data.
 *
 * <p>Each writer has a half of the keys and goes through them in runs of neighbours, run after run
 * in a scattered order, and numbers its changes; so what a moment holds of a writer's records is
 * known from its newest one there: a moment of all writers is one at which each has a state of its
 * own without a gap, and no version is behind the snapshot's.
 */
public final class SnapshotEndurance {
  private static final int WRITERS = 2;
  private static final long CHANGES = 10_000_000;

  /** Neighbours changed one after the other: a blob is loaded for several hundred changes. */
  private static final int RUN = 512;

  /** A prime that divides no number of runs there may be. */
  private static final long SCATTER = 7_919;

  private final ScenarioOptions options;
  private final CountedRecords records;

  /** The records in the order of their keys. */
  private final int[] inOrder;

  private final LongAdder changes = new LongAdder();
  private final AtomicBoolean done = new AtomicBoolean();

  private SnapshotEndurance(ScenarioOptions options) throws IOException {
    this.options = options;
    this.records = options.counted();
    this.inOrder =
        IntStream.range(0, records.size())
            .boxed()
            .sorted((a, b) -> Arrays.compareUnsigned(records.key(a), records.key(b)))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  /** Runs it until ten million changes have gone by. */
  public static void main(String[] arguments) throws Exception {
    ScenarioOptions options = ScenarioOptions.of(arguments, 1_000_000, 24, 0);
    options.run(new SnapshotEndurance(options)::run);
  }

  private void run(Path store) throws Exception {
    try (Tree tree = Tree.open(options.config(store))) {
      for (int record = 0; record < records.size(); record++) {
        tree.set(records.key(record), records.value(record, 0));
      }
      tree.checkpoint();
      print("loaded", tree);
      List<Future<?>> writers = new ArrayList<>();
      try (ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
        for (int i = 0; i < WRITERS; i++) {
          int writer = i;
          writers.add(threads.submit(() -> write(tree, writer)));
        }
        Thread.sleep(2_000);
        try (Snapshot snapshot = tree.snapshot()) {
          long before = changes.sum();
          int[] moment = moment(snapshot);
          while (changes.sum() - before < CHANGES && running(writers)) {
            Thread.sleep(5_000);
            if (!Arrays.equals(moment, moment(snapshot))) {
              throw new IllegalStateException("the snapshot shows another moment");
            }
            print("%,d changes".formatted(changes.sum() - before), tree);
          }
        }
        done.set(true);
        for (Future<?> writer : writers) {
          writer.get();
        }
      }
      tree.checkpoint();
      print("snapshot closed, checkpoint", tree);
      if (!tree.check().isEmpty()) {
        throw new IllegalStateException(tree.check().toString());
      }
    }
  }

  private static boolean running(List<Future<?>> writers) {
    return writers.stream().noneMatch(Future::isDone);
  }

  /** Changes one record after another, round by round: the number of its round is its change. */
  private void write(Tree tree, int writer) {
    for (int round = 1; !done.get(); round++) {
      for (int i = 0; i < own() && !done.get(); i++) {
        int record = place(writer, i);
        tree.set(records.key(record), records.value(record, round));
        changes.increment();
      }
    }
  }

  /** Records that each writer changes: whole runs. */
  private int own() {
    return records.size() / WRITERS / RUN * RUN;
  }

  private int place(int writer, int i) {
    int runs = own() / RUN;
    int run = (int) ((i / RUN) * SCATTER % runs);
    return inOrder[writer * own() + run * RUN + i % RUN];
  }

  /** The change of each record; fails unless each writer's are without a gap. */
  private int[] moment(Snapshot snapshot) {
    int[] shown = new int[records.size()];
    Arrays.fill(shown, -1);
    snapshot
        .scan()
        .visit((buffer, keyOffset, keyLength, valueOffset, valueLength, version) -> {
          int record = ByteBuffer.wrap(buffer).getInt(valueOffset);
          int change = ByteBuffer.wrap(buffer).getInt(valueOffset + Integer.BYTES);
          if (version > snapshot.seq() || shown[record] >= 0) {
            throw new IllegalStateException("record " + record + ", version " + version);
          }
          shown[record] = change;
          return Visit.CONTINUE;
        });
    for (int writer = 0; writer < WRITERS; writer++) {
      int expected = shown[place(writer, 0)];
      boolean ended = false;
      for (int i = 0; i < own(); i++) {
        int change = shown[place(writer, i)];
        ended |= change == expected - 1;
        if (change != (ended ? expected - 1 : expected)) {
          throw new IllegalStateException("writer %d has a gap at %d".formatted(writer, i));
        }
      }
    }
    return shown;
  }

  private static void print(String what, Tree tree) throws IOException {
    TreeStats stats = tree.stats();
    System.out.printf(
        Locale.ROOT,
        "%s: pool %,d of %,d MiB, data live %,d MiB, free %,d MiB, old images %,d,"
            + " evictions %,d, rounds %,d, process %,d MB%n",
        what,
        stats.poolBytesUsed() >> 20,
        stats.poolBytesLimit() >> 20,
        stats.dataBytesLive() >> 20,
        stats.dataBytesFree() >> 20,
        stats.snapshotBlobs(),
        stats.evictions(),
        stats.checkpointRoundsSucceeded(),
        Footprint.residentMegabytes());
  }
}
