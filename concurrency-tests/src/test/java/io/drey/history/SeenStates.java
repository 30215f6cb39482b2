package io.drey.history;

import java.util.Arrays;

/** A set of hashes. Two states of the same hash count as one; at 64 bits there are hardly any. */
final class SeenStates {
  private static final long EMPTY = 0;

  private long[] table = new long[1 << 12];
  private int size;

  /** Adds a hash; false = it was there. */
  boolean add(long hash) {
    long entry = hash == EMPTY ? 1 : hash;
    if (2 * size >= table.length) {
      long[] before = table;
      table = new long[2 * before.length];
      Arrays.stream(before).filter(one -> one != EMPTY).forEach(one -> table[place(one)] = one);
    }
    int place = place(entry);
    if (table[place] == entry) {
      return false;
    }
    table[place] = entry;
    size++;
    return true;
  }

  private int place(long entry) {
    int at = (int) Values.mix(entry) & table.length - 1;
    while (table[at] != EMPTY && table[at] != entry) {
      at = at + 1 & table.length - 1;
    }
    return at;
  }
}
