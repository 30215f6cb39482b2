package io.drey.history;

import io.drey.Scan;
import io.drey.Tree;

/**
 * What a scan is asked for.
 *
 * @param after the key to start after, or {@link #NOWHERE}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ScanRequest(
    byte[] prefix, int after, Direction direction, Shape shape, Values values, int limit) {
  static final int NOWHERE = -1;

  enum Direction {
    FORWARD,
    REVERSE
  }

  enum Shape {
    FLAT,
    ROLLED_UP
  }

  enum Values {
    SHOWN,
    LEFT_OUT
  }

  /** Everything, from the first key to the last. */
  static ScanRequest all() {
    return new ScanRequest(
        new byte[0], NOWHERE, Direction.FORWARD, Shape.FLAT, Values.SHOWN, Integer.MAX_VALUE);
  }

  ScanRequest reversed() {
    return new ScanRequest(prefix, after, Direction.REVERSE, shape, values, limit);
  }

  Scan on(Tree tree, Keyspace keys) {
    Scan scan = tree.scan(prefix);
    if (after != NOWHERE) {
      scan = scan.startAfter(keys.key(after));
    }
    if (direction == Direction.REVERSE) {
      scan = scan.reverse();
    }
    if (shape == Shape.ROLLED_UP) {
      scan = scan.delimiter(Keyspace.DELIMITER);
    }
    if (values == Values.LEFT_OUT) {
      scan = scan.keysOnly();
    }
    return limit == Integer.MAX_VALUE ? scan : scan.limit(limit);
  }
}
