package io.drey.model;

import io.drey.Cursor;
import io.drey.RangeEntry;
import io.drey.Scan;
import io.drey.Tree;
import io.drey.Visit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a scan asks for, in numbers.
 *
 * @param prefix the key whose first bytes are the prefix
 * @param prefixBytes how many of them; the whole key when it has fewer
 * @param start the key to start after, -1 for none
 * @param startBytes how many of its bytes
 * @param delimiter what keys are rolled up by
 * @param content whether values are wanted
 * @param limit the most entries
 * @param direction from which end
 * @param way how the entries are fetched
 */
record ScanShape(
    int prefix,
    int prefixBytes,
    int start,
    int startBytes,
    Delimiter delimiter,
    Content content,
    int limit,
    Direction direction,
    Way way) {
  /** What keys are rolled up by. */
  enum Delimiter {
    NONE,
    EMPTY,
    SLASH('/'),
    ZERO(0),
    TWO_BYTES('e', '-');

    private final byte[] bytes;

    Delimiter(int... bytes) {
      this.bytes = new byte[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        this.bytes[i] = (byte) bytes[i];
      }
    }

    byte[] bytes() {
      return bytes.clone();
    }
  }

  /** Whether values are wanted. */
  enum Content {
    RECORDS,
    KEYS_ONLY
  }

  /** From which end. */
  enum Direction {
    FORWARD,
    REVERSE
  }

  /** How the entries are fetched. */
  enum Way {
    CURSOR,
    ITERATOR,
    STREAM,
    VISIT,
    /** The visitor says stop at the last entry wanted, instead of a limit. */
    VISIT_AND_STOP
  }

  byte[] prefixIn(List<byte[]> keys) {
    return cut(keys.get(prefix), prefixBytes);
  }

  byte @Nullable [] startIn(List<byte[]> keys) {
    return start < 0 ? null : cut(keys.get(start), startBytes);
  }

  /** Returns the first {@code length} bytes, or all when there are fewer. */
  static byte[] cut(byte[] key, int length) {
    return Arrays.copyOf(key, Math.min(length, key.length));
  }

  /** Returns the tree's scan without the limit. */
  Scan unlimited(Tree tree, List<byte[]> keys) {
    byte[] beginning = prefixIn(keys);
    Scan scan = beginning.length == 0 ? tree.scan() : tree.scan(beginning);
    byte[] after = startIn(keys);
    if (after != null) {
      scan = scan.startAfter(after);
    }
    if (delimiter != Delimiter.NONE) {
      scan = scan.delimiter(delimiter.bytes());
    }
    if (direction == Direction.REVERSE) {
      scan = scan.reverse();
    }
    return content == Content.KEYS_ONLY ? scan.keysOnly() : scan;
  }

  /** Returns at most {@code wanted} entries of {@code scan}, fetched the way this shape says. */
  List<RangeEntry> fetch(Scan scan, int wanted) {
    List<RangeEntry> found = new ArrayList<>();
    switch (way) {
      case CURSOR -> {
        try (Cursor cursor = scan.limit(wanted).cursor()) {
          cursor.forEachRemaining(found::add);
        }
      }
      case ITERATOR -> scan.limit(wanted).forEach(found::add);
      case STREAM -> {
        try (var stream = scan.limit(wanted).stream()) {
          stream.forEach(found::add);
        }
      }
      case VISIT -> visit(scan.limit(wanted), found, Integer.MAX_VALUE);
      case VISIT_AND_STOP -> visit(wanted == 0 ? scan.limit(0) : scan, found, wanted);
    }
    return found;
  }

  private static void visit(Scan scan, List<RangeEntry> found, int wanted) {
    long visited =
        scan.visit((buffer, keyOffset, keyLength, valueOffset, valueLength, version) -> {
          byte[] key = Arrays.copyOfRange(buffer, keyOffset, keyOffset + keyLength);
          found.add(
              valueLength < 0
                  ? new RangeEntry.CommonPrefix(key)
                  : new RangeEntry.Key(
                      key,
                      Arrays.copyOfRange(buffer, valueOffset, valueOffset + valueLength),
                      version));
          return found.size() >= wanted ? Visit.STOP : Visit.CONTINUE;
        });
    if (visited != found.size()) {
      throw new AssertionError(
          "visit says " + visited + " entries, the visitor saw " + found.size());
    }
  }
}
