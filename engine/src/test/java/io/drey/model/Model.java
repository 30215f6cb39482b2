package io.drey.model;

import io.drey.Existing;
import io.drey.PrefixCount;
import io.drey.RangeEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a tree should hold: a sorted map with the meanings of the API.
 *
 * <p>Writes gather in a step. {@link #undo} takes the step back; {@link #settle} gives each record
 * it wrote the version that the tree gave, and ends it.
 */
final class Model {
  private record Change(byte[] key, @Nullable Held before) {
    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  private TreeMap<byte[], Held> records = new TreeMap<>(Arrays::compareUnsigned);
  private TreeMap<byte[], Held> durable = new TreeMap<>(Arrays::compareUnsigned);
  private final List<Change> step = new ArrayList<>();

  NavigableMap<byte[], Held> records() {
    return records;
  }

  @Nullable Held get(byte[] key) {
    return records.get(key);
  }

  void write(byte[] key, byte[] value) {
    step.add(new Change(key, records.put(key, new Held(value, Held.PENDING))));
  }

  void remove(byte[] key) {
    Held before = records.remove(key);
    if (before != null) {
      step.add(new Change(key, before));
    }
  }

  Outcome rename(byte[] source, byte[] target, Existing existing) {
    Held moved = records.get(source);
    if (moved == null) {
      return Outcome.KEY_NOT_FOUND;
    }
    if (Arrays.equals(source, target)) {
      return Outcome.APPLIED;
    }
    if (existing == Existing.KEEP && records.containsKey(target)) {
      return Outcome.KEY_EXISTS;
    }
    remove(source);
    write(target, moved.value);
    return Outcome.APPLIED;
  }

  /** Takes back what was done since the step began. */
  void undo() {
    for (Change change : step.reversed()) {
      if (change.before == null) {
        records.remove(change.key);
      } else {
        records.put(change.key, change.before);
      }
    }
    step.clear();
  }

  /** Returns the keys that the step wrote and that are there now, by their last write. */
  SequencedSet<byte[]> pending() {
    SequencedSet<byte[]> seen = new TreeSet<>(Arrays::compareUnsigned);
    LinkedHashSet<byte[]> keys = new LinkedHashSet<>();
    for (Change change : step.reversed()) {
      Held held = records.get(change.key);
      if (held != null && held.version == Held.PENDING && seen.add(change.key)) {
        keys.add(change.key);
      }
    }
    return keys.reversed();
  }

  /** Ends the step for one of its records. */
  void settle(byte[] key, long version) {
    Held held = records.get(key);
    if (held == null) {
      throw new IllegalStateException("nothing to settle");
    }
    records.put(key, new Held(held.value, version));
  }

  /** Ends the step. */
  void settled() {
    step.clear();
  }

  void clear() {
    records.clear();
    durable.clear();
    step.clear();
  }

  /** Notes that the present state survives everything. */
  void checkpoint() {
    durable = new TreeMap<>(records);
  }

  /** Goes back to the last checkpoint. */
  void crashWithoutJournal() {
    records = new TreeMap<>(durable);
  }

  boolean isPrefixEmpty(byte[] prefix) {
    byte[] next = records.ceilingKey(prefix);
    return next == null || !Bytes.startsWith(next, prefix);
  }

  PrefixCount count(byte[] prefix) {
    long number = 0;
    long bytes = 0;
    for (Map.Entry<byte[], Held> record : records.tailMap(prefix, true).entrySet()) {
      if (!Bytes.startsWith(record.getKey(), prefix)) {
        break;
      }
      number++;
      bytes += record.getKey().length + record.getValue().value.length;
    }
    return new PrefixCount(number, bytes);
  }

  /** Returns the record with the longest key that {@code query} begins with. */
  Map.@Nullable Entry<byte[], Held> longestPrefix(byte[] query) {
    byte[] sought = query;
    while (true) {
      Map.Entry<byte[], Held> below = records.floorEntry(sought);
      if (below == null || Bytes.startsWith(sought, below.getKey())) {
        return below;
      }
      // No key between that one and the query: only what both begin with can be a prefix.
      sought = Arrays.copyOf(sought, Arrays.mismatch(sought, below.getKey()));
    }
  }

  /** Returns what a scan finds. */
  List<RangeEntry> scan(
      byte[] prefix,
      byte @Nullable [] startAfter,
      byte[] delimiter,
      ScanShape.Content content,
      ScanShape.Direction direction,
      int limit) {
    Range range = new Range(prefix, delimiter, content, limit, new ArrayList<>());
    return direction == ScanShape.Direction.FORWARD
        ? ascending(range, startAfter)
        : descending(range, startAfter);
  }

  /** A range, and the entries found so far. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Range(
      byte[] prefix,
      byte[] delimiter,
      ScanShape.Content content,
      int limit,
      List<RangeEntry> found) {
    boolean isOpenAt(Map.@Nullable Entry<byte[], Held> record) {
      return record != null && found.size() < limit && Bytes.startsWith(record.getKey(), prefix);
    }

    /** Returns the common prefix of {@code key}, or null where it is not rolled up. */
    byte @Nullable [] common(byte[] key) {
      int rolled = delimiter.length == 0 ? -1 : Bytes.indexOf(key, delimiter, prefix.length);
      return rolled < 0 ? null : Arrays.copyOf(key, rolled + delimiter.length);
    }

    void add(Map.Entry<byte[], Held> record) {
      Held held = record.getValue();
      byte[] value = content == ScanShape.Content.KEYS_ONLY ? new byte[0] : held.value;
      found.add(new RangeEntry.Key(record.getKey(), value, held.version));
    }
  }

  private List<RangeEntry> ascending(Range range, byte @Nullable [] startAfter) {
    boolean startInside =
        startAfter != null && Arrays.compareUnsigned(startAfter, range.prefix) >= 0;
    Map.Entry<byte[], Held> at =
        startInside && startAfter != null
            ? records.higherEntry(startAfter)
            : records.ceilingEntry(range.prefix);
    while (range.isOpenAt(at)) {
      byte[] common = range.common(at.getKey());
      if (common == null) {
        range.add(at);
        at = records.higherEntry(at.getKey());
        continue;
      }
      if (startAfter == null || Arrays.compareUnsigned(common, startAfter) > 0) {
        range.found.add(new RangeEntry.CommonPrefix(common));
      }
      at = after(common);
    }
    return range.found;
  }

  private List<RangeEntry> descending(Range range, byte @Nullable [] startAfter) {
    Map.Entry<byte[], Held> at;
    if (startAfter == null
        || (Arrays.compareUnsigned(startAfter, range.prefix) > 0
            && !Bytes.startsWith(startAfter, range.prefix))) {
      at = last(range.prefix);
    } else {
      // A common prefix is smaller than what it begins, and so is the last record below it here.
      byte[] around = Bytes.startsWith(startAfter, range.prefix) ? range.common(startAfter) : null;
      boolean isInside = around != null && around.length < startAfter.length;
      at = around != null && isInside ? last(around) : records.lowerEntry(startAfter);
    }
    while (range.isOpenAt(at)) {
      byte[] common = range.common(at.getKey());
      if (common == null) {
        range.add(at);
        at = records.lowerEntry(at.getKey());
      } else {
        range.found.add(new RangeEntry.CommonPrefix(common));
        at = records.lowerEntry(common);
      }
    }
    return range.found;
  }

  /** Returns the last record that begins with {@code prefix}, or one before those. */
  private Map.@Nullable Entry<byte[], Held> last(byte[] prefix) {
    byte[] next = successor(prefix);
    return next == null ? records.lastEntry() : records.lowerEntry(next);
  }

  /** Returns the first record beyond all that begin with {@code prefix}. */
  private Map.@Nullable Entry<byte[], Held> after(byte[] prefix) {
    byte[] next = successor(prefix);
    return next == null ? null : records.ceilingEntry(next);
  }

  /** Returns the smallest bytes beyond all that begin with {@code prefix}. */
  private static byte @Nullable [] successor(byte[] prefix) {
    int last = prefix.length - 1;
    while (last >= 0 && prefix[last] == (byte) 0xff) {
      last--;
    }
    if (last < 0) {
      return null;
    }
    byte[] next = Arrays.copyOf(prefix, last + 1);
    next[last]++;
    return next;
  }
}
