package io.drey.benchmarks;

import io.drey.Tree;
import io.drey.TreeStats;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What file space is left when nine tenths of the records are deleted and the tree is compacted.
 */
public final class SpaceAfterDeletes {
  private static final int KEEP_ONE_OF = 10;

  private SpaceAfterDeletes() {}

  /** Runs it. */
  public static void main(String[] arguments) throws Exception {
    ScenarioOptions options = ScenarioOptions.of(arguments, 2_000_000, 512, 0);
    options.run(store -> measure(options, store));
  }

  private static void measure(ScenarioOptions options, Path store) throws IOException {
    DataSet set = DataSet.of("objstore", options.records(), null);
    try (Tree tree = Tree.open(options.config(store))) {
      for (int record = 0; record < set.size(); record++) {
        tree.set(set.key(record), set.value(record));
      }
      tree.checkpoint();
      print("loaded", tree);
      for (int record = 0; record < set.size(); record++) {
        if (new SplitMix64(record).below(KEEP_ONE_OF) != 0) {
          tree.delete(set.key(record));
        }
      }
      print("deleted", tree);
      tree.compact();
      tree.checkpoint();
      print("compacted, checkpoint", tree);
      if (!tree.check().isEmpty()) {
        throw new IllegalStateException(tree.check().toString());
      }
    }
  }

  private static void print(String what, Tree tree) {
    TreeStats stats = tree.stats();
    var live = tree.count(new byte[0]);
    long allocated = stats.dataBytesLive() + stats.dataBytesFree();
    System.out.printf(
        Locale.ROOT,
        "%s: %,d records, raw %,d bytes, allocated %,d bytes = %.2f%n",
        what,
        live.records(),
        live.bytes(),
        allocated,
        (double) allocated / live.bytes());
  }
}
