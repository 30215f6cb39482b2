package io.drey.engine.art;

import io.drey.RangeEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What a range is, said over a sorted map without a thought for speed. */
public final class NaiveRange {
  private NaiveRange() {}

  /** A value and its version. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Stored(byte[] value, long version) {}

  /** Which way the entries are wanted. */
  public enum Order {
    ASCENDING,
    DESCENDING
  }

  /** All entries in key order; {@code startAfter} may be null, no delimiter rolls nothing up. */
  public static List<RangeEntry> of(
      SortedMap<byte[], Stored> records,
      byte[] prefix,
      byte @Nullable [] startAfter,
      byte[] delimiter,
      boolean values) {
    return of(records, prefix, startAfter, delimiter, values, Order.ASCENDING);
  }

  /**
   * All entries in an order: the range is a list of named entries, the descending one is the same
   * list from its end, and what starts after a name leaves out that one and those before it.
   */
  public static List<RangeEntry> of(
      SortedMap<byte[], Stored> records,
      byte[] prefix,
      byte @Nullable [] startAfter,
      byte[] delimiter,
      boolean values,
      Order order) {
    List<RangeEntry> range = all(records, prefix, delimiter, values);
    if (order == Order.DESCENDING) {
      range = range.reversed();
    }
    if (startAfter == null) {
      return range;
    }
    int beyond = order == Order.ASCENDING ? 1 : -1;
    return range.stream()
        .filter(e -> beyond * Arrays.compareUnsigned(nameOf(e), startAfter) > 0)
        .toList();
  }

  private static List<RangeEntry> all(
      SortedMap<byte[], Stored> records, byte[] prefix, byte[] delimiter, boolean values) {
    List<RangeEntry> range = new ArrayList<>();
    for (Map.Entry<byte[], Stored> record : records.entrySet()) {
      byte[] key = record.getKey();
      if (!startsWith(key, prefix)) {
        continue;
      }
      int end = delimiter.length == 0 ? -1 : endOf(delimiter, key, prefix.length);
      Stored stored = record.getValue();
      RangeEntry entry =
          end < 0
              ? new RangeEntry.Key(key, values ? stored.value : new byte[0], stored.version)
              : new RangeEntry.CommonPrefix(Arrays.copyOf(key, end));
      if (range.isEmpty() || !range.getLast().equals(entry)) {
        range.add(entry);
      }
    }
    return range;
  }

  /** The key or the common prefix. */
  public static byte[] nameOf(RangeEntry entry) {
    return switch (entry) {
      case RangeEntry.Key(byte[] key, _, _) -> key;
      case RangeEntry.CommonPrefix(byte[] prefix) -> prefix;
    };
  }

  private static int endOf(byte[] delimiter, byte[] key, int from) {
    for (int end = from + delimiter.length; end <= key.length; end++) {
      if (Arrays.equals(key, end - delimiter.length, end, delimiter, 0, delimiter.length)) {
        return end;
      }
    }
    return -1;
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }
}
