package io.drey.benchmarks;

import java.util.Arrays;

/** The keys of a data set, made before anything is measured, and the order they are loaded in. */
final class Records {
  private final DataSet set;
  private final byte[][] keys;
  private final int[] loadOrder;

  Records(DataSet set) {
    this.set = set;
    this.keys = new byte[set.size()][];
    Arrays.setAll(keys, set::key);
    this.loadOrder = shuffled(keys.length);
  }

  DataSet set() {
    return set;
  }

  int size() {
    return keys.length;
  }

  /** The key itself, not a copy: no engine keeps or changes it. */
  byte[] key(int record) {
    return keys[record];
  }

  /** Returns the record that is loaded at {@code place}. */
  int loaded(int place) {
    return loadOrder[place];
  }

  /** A Fisher-Yates shuffle of 0 to before {@code size}. */
  private static int[] shuffled(int size) {
    int[] order = new int[size];
    Arrays.setAll(order, i -> i);
    SplitMix64 random = new SplitMix64(SplitMix64.SEED);
    for (int i = size - 1; i > 0; i--) {
      int j = random.below(i + 1);
      int moved = order[i];
      order[i] = order[j];
      order[j] = moved;
    }
    return order;
  }
}
