package io.drey.history;

import java.util.List;

/**
 * What a worker does next. Follows from the seed alone, never from what it has read: so a seed
 * repeats it.
 *
 * @param kind what to do
 * @param keys the key, and more of them for what takes several
 * @param values numbers of values that nobody else writes
 * @param shape random bits for the rest: bounds, directions, the steps of a batch
 */
record Choice(Kind kind, List<Integer> keys, List<Long> values, long shape) {
  static final int KEYS = 6;

  int key() {
    return keys.getFirst();
  }

  int other() {
    return keys.get(1);
  }

  long value() {
    return values.getFirst();
  }

  /** A number below {@code bound} from eight bits of the shape, the {@code nth} eight. */
  int bits(int nth, int bound) {
    return (int) (shape >>> 8 * nth & 0xFF) % bound;
  }

  boolean flag(int nth) {
    return bits(nth, 2) == 1;
  }
}
