package io.drey.linear;

import io.drey.CheckpointPolicy;
import io.drey.Tree;
import io.drey.TreeConfig;
import io.drey.TreeInside;
import io.drey.TreeStats;
import io.drey.vfs.Vfs;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One tree in which many small maps live, each with key ranges of its own between records that
 * nobody touches. So a map costs nothing to make, and lies somewhere in a forest of frames: two of
 * its keys may be neighbours in one frame or far from each other, in memory or not.
 */
final class SharedMap implements AutoCloseable {
  /** What stands before a key's name and says whose it is. */
  static final int HEAD_BYTES = Long.BYTES;

  private static final int SEGMENT_BYTES = 64 << 10;

  private static final int FILLER_BYTES = 1000;

  final Tree tree;
  private final Random random;
  private final List<byte[]> fillers = new ArrayList<>();

  private SharedMap(Tree tree, int fillers, long seed) {
    this.tree = tree;
    this.random = new Random(seed);
    for (int i = 0; i < fillers; i++) {
      byte[] key = head(random.nextLong());
      this.fillers.add(key);
      tree.put(key, new byte[FILLER_BYTES]);
    }
  }

  /** In memory; some half a dozen frames. */
  static SharedMap inMemory(long seed) {
    return new SharedMap(Tree.open(TreeConfig.memory()), 30, seed);
  }

  /** In files that are in memory; of its frames more than half are out of the pool. */
  static SharedMap inFiles(long seed) {
    TreeConfig config =
        TreeConfig.at(Path.of("/map"))
            .withCheckpoint(CheckpointPolicy.onRequest())
            .withPoolBytes(TreeConfig.minimumPoolBytes());
    return new SharedMap(TreeInside.open(config, Vfs.memory(), SEGMENT_BYTES), 300, seed);
  }

  /** In memory; the same at every call. */
  static SharedMap tiny() {
    return new SharedMap(Tree.open(TreeConfig.memory()), 5, 1);
  }

  /** Rewrites half of the records that nobody else touches. */
  void churn() {
    for (int bytes : new int[] {FILLER_BYTES - 100, FILLER_BYTES}) {
      for (int i = 0; i < fillers.size() / 2; i++) {
        tree.put(fillers.get(i), new byte[bytes]);
      }
    }
  }

  /** Where the keys of a new map lie. */
  long[] places() {
    long[] places = new long[Key.PLACES];
    for (int i = 0; i < places.length; i++) {
      places[i] = random.nextLong();
    }
    return places;
  }

  static byte[] key(long[] places, Key key) {
    byte[] head = head(places[key.place]);
    byte[] name = key.name.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(head.length + name.length).put(head).put(name).array();
  }

  private static byte[] head(long place) {
    return ByteBuffer.allocate(HEAD_BYTES).putLong(place).array();
  }

  TreeStats stats() {
    return tree.stats();
  }

  @Override
  public void close() {
    tree.close();
  }
}
