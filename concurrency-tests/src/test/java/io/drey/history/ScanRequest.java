package io.drey.history;

import io.drey.Scan;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * What a scan is asked for.
 *
 * @param after the key to start after, or {@link #NOWHERE}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ScanRequest(
    byte[] prefix, int after, Direction direction, Shape shape, Values values, int limit) {
  static final int NOWHERE = -1;
  private static final int LIMIT_MAX = 50;

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

  /** All sorts; where there is much to show, only a part of it. */
  static ScanRequest of(Choice choice, Keyspace keys) {
    byte[] prefix = keys.directory(choice.key(), choice.bits(0, 3));
    boolean limited = choice.flag(1) || keys.below(prefix).size() > Keyspace.SMALL_SPAN_MAX;
    return new ScanRequest(
        prefix,
        choice.bits(2, 3) == 0 ? choice.other() : NOWHERE,
        choice.flag(3) ? Direction.REVERSE : Direction.FORWARD,
        choice.bits(4, 3) == 0 ? Shape.ROLLED_UP : Shape.FLAT,
        choice.bits(5, 4) == 0 ? Values.LEFT_OUT : Values.SHOWN,
        limited ? 1 + choice.bits(6, LIMIT_MAX) : Integer.MAX_VALUE);
  }

  ScanRequest reversed() {
    return new ScanRequest(prefix, after, Direction.REVERSE, shape, values, limit);
  }

  /** The scan itself, of what scans below a prefix: a tree or a snapshot. */
  Scan on(Function<byte[], Scan> below, Keyspace keys) {
    Scan scan = below.apply(prefix);
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

  @Override
  public String toString() {
    return "'%s' after %d, %s, %s, values %s, limit %d"
        .formatted(
            new String(prefix, StandardCharsets.ISO_8859_1),
            after,
            direction,
            shape,
            values,
            limit);
  }
}
