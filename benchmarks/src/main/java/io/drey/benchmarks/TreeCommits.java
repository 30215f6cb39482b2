package io.drey.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.drey.CheckpointPolicy;
import io.drey.Durability;
import io.drey.Tree;
import io.drey.TreeConfig;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Single writes to a tree with {@link Durability#SYNC}: values overwritten in a key set that is
 * there from the start, by each thread in a part of its own. No checkpoint runs meanwhile.
 */
final class TreeCommits implements CommitTarget {
  /** Bytes a record's body has beside key and value. */
  static final int BODY_OVERHEAD = 2 * Integer.BYTES;

  static final int KEY_BYTES = 24;
  private static final int KEYS_PER_THREAD = 1000;

  private final Tree tree;
  private final int valueBytes;

  TreeCommits(Path directory, int threads, int bodyBytes) {
    this.valueBytes = bodyBytes - BODY_OVERHEAD - KEY_BYTES;
    TreeConfig config =
        TreeConfig.at(directory)
            .withPoolBytes(64L << 20)
            .withDurability(Durability.NONE)
            .withCheckpoint(CheckpointPolicy.onRequest());
    try (Tree loading = Tree.open(config)) {
      for (int i = 0; i < threads * KEYS_PER_THREAD; i++) {
        loading.set(key(i / KEYS_PER_THREAD, i % KEYS_PER_THREAD), new byte[valueBytes]);
      }
    }
    this.tree = Tree.open(config.withDurability(Durability.SYNC));
  }

  private static byte[] key(int thread, int number) {
    String text = "bucket-%03d/object-%06d".formatted(thread, number);
    byte[] key = text.getBytes(US_ASCII);
    if (key.length != KEY_BYTES) {
      throw new IllegalStateException(text);
    }
    return key;
  }

  @Override
  public Committer committer(int thread) {
    byte[][] keys = new byte[KEYS_PER_THREAD][];
    for (int i = 0; i < KEYS_PER_THREAD; i++) {
      keys[i] = key(thread, i);
    }
    byte[] value = new byte[valueBytes];
    return () -> {
      byte[] key = keys[ThreadLocalRandom.current().nextInt(KEYS_PER_THREAD)];
      tree.set(key, value);
    };
  }

  @Override
  public long forces() {
    return tree.stats().journalForces();
  }

  @Override
  public void close() {
    tree.close();
  }
}
