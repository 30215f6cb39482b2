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

  /** All entries in order; {@code startAfter} may be null, an empty delimiter rolls nothing up. */
  public static List<RangeEntry> of(
      SortedMap<byte[], Stored> records,
      byte[] prefix,
      byte @Nullable [] startAfter,
      byte[] delimiter,
      boolean values) {
    List<RangeEntry> range = new ArrayList<>();
    for (Map.Entry<byte[], Stored> record : records.entrySet()) {
      byte[] key = record.getKey();
      if (!startsWith(key, prefix)) {
        continue;
      }
      int end = delimiter.length == 0 ? -1 : endOf(delimiter, key, prefix.length);
      byte[] name = end < 0 ? key : Arrays.copyOf(key, end);
      if (startAfter != null && Arrays.compareUnsigned(name, startAfter) <= 0) {
        continue;
      }
      Stored stored = record.getValue();
      RangeEntry entry =
          end < 0
              ? new RangeEntry.Key(key, values ? stored.value : new byte[0], stored.version)
              : new RangeEntry.CommonPrefix(name);
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
