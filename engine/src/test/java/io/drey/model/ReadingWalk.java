package io.drey.model;

import io.drey.Entry;
import io.drey.PrefixCount;
import io.drey.RangeEntry;
import io.drey.Scan;
import io.drey.Tree;
import io.drey.Visit;
import io.drey.testing.Limits;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The reading operations: what the tree answers, against the model. */
final class ReadingWalk {
  /** Room for any value. */
  private final MemorySegment target = Arena.ofAuto().allocate(Limits.KEY_BYTES_MAX);

  void get(Tree tree, Model model, byte[] key) {
    Held held = model.get(key);
    byte[] value = tree.get(key);
    Entry entry = tree.getEntry(key);
    Expect.bytes(held == null ? null : held.value, value, "get");
    Expect.same(held != null, tree.contains(key), "contains");
    Expect.same(held == null ? null : new Entry(key, held.value, held.version), entry, "getEntry");
    into(tree, held, key);
    longest(tree, model, key, 0);
    if (value != null && value.length > 0) {
      value[0]++;
      Expect.bytes(
          held == null ? null : held.value, tree.get(key), "get after a change of its array");
    }
  }

  /** Reads into a segment that is too small, just large enough or larger, as the key decides. */
  private void into(Tree tree, @Nullable Held held, byte[] key) {
    int room = held == null ? key.length : held.value.length - 1 + key.length % 3;
    MemorySegment segment = target.asSlice(0, Math.clamp(room, 0, Limits.KEY_BYTES_MAX));
    segment.fill((byte) 'x');
    int size = tree.get(key.clone(), segment);
    Expect.same(held == null ? -1 : held.value.length, size, "get into a segment");
    byte[] expected = new byte[(int) segment.byteSize()];
    Arrays.fill(expected, (byte) 'x');
    if (held != null && size <= expected.length) {
      System.arraycopy(held.value, 0, expected, 0, size);
    }
    Expect.bytes(expected, segment.toArray(ValueLayout.JAVA_BYTE), "the segment");
  }

  void getAll(Tree tree, Model model, List<byte[]> keys, int key, int count, int step) {
    byte[][] wanted = new byte[count][];
    Arrays.setAll(wanted, i -> keys.get((key + i * step) % keys.size()).clone());
    byte[] @Nullable [] values = tree.getAll(wanted);
    Expect.same(count, values.length, "values of getAll");
    for (int i = 0; i < count; i++) {
      Held held = model.get(wanted[i]);
      Expect.bytes(held == null ? null : held.value, values[i], "value " + i + " of getAll");
    }
  }

  void longest(Tree tree, Model model, byte[] beginning, int more) {
    byte[] query = Arrays.copyOf(beginning, beginning.length + more);
    var record = model.longestPrefix(query);
    Held held = record == null ? null : record.getValue();
    Expect.same(
        held == null ? null : new Entry(record.getKey(), held.value, held.version),
        tree.longestPrefix(query),
        "longest prefix of " + Expect.text(query));
  }

  void below(Tree tree, Model model, byte[] prefix) {
    PrefixCount expected = model.count(prefix);
    Expect.same(expected, tree.count(prefix), "count below " + Expect.text(prefix));
    Expect.same(expected.records() == 0, tree.isPrefixEmpty(prefix), "isPrefixEmpty");
  }

  void scan(Tree tree, Model model, List<byte[]> keys, ScanShape shape) {
    compare(
        expected(model, keys, shape, shape.limit()),
        shape.fetch(shape.unlimited(tree, keys), shape.limit()));
  }

  void pages(Tree tree, Model model, List<byte[]> keys, ScanShape shape, int pageEntries) {
    int wanted = shape.limit();
    List<RangeEntry> found = new ArrayList<>();
    Scan scan = shape.unlimited(tree, keys);
    while (found.size() < wanted) {
      int size = Math.min(pageEntries, wanted - found.size());
      List<RangeEntry> page = shape.fetch(scan, size);
      found.addAll(page);
      if (page.size() < size) {
        break;
      }
      scan =
          scan.startAfter(
              switch (page.getLast()) {
                case RangeEntry.Key record -> record.key();
                case RangeEntry.CommonPrefix common -> common.prefix();
              });
    }
    compare(expected(model, keys, shape, wanted), found);
  }

  void everything(Tree tree, Model model) {
    var records = model.records().entrySet().iterator();
    long visited =
        tree.scan()
            .visit((buffer, keyOffset, keyLength, valueOffset, valueLength, version) -> {
              Expect.that(records.hasNext(), "a record too many");
              var record = records.next();
              byte[] key = Arrays.copyOfRange(buffer, keyOffset, keyOffset + keyLength);
              Expect.bytes(record.getKey(), key, "key of the full scan");
              byte[] value = Arrays.copyOfRange(buffer, valueOffset, valueOffset + valueLength);
              Expect.bytes(record.getValue().value, value, "value of " + Expect.text(key));
              Expect.same(record.getValue().version, version, "version of the full scan");
              return Visit.CONTINUE;
            });
    Expect.same((long) model.records().size(), visited, "records of the full scan");
    var backwards = model.records().descendingMap().keySet().iterator();
    visited =
        tree.scan()
            .keysOnly()
            .reverse()
            .visit((buffer, keyOffset, keyLength, valueOffset, valueLength, version) -> {
              Expect.that(backwards.hasNext(), "a record too many in reverse");
              byte[] key = Arrays.copyOfRange(buffer, keyOffset, keyOffset + keyLength);
              Expect.bytes(backwards.next(), key, "key of the full scan in reverse");
              return Visit.CONTINUE;
            });
    Expect.same((long) model.records().size(), visited, "records of the full scan in reverse");
    Expect.same(model.count(new byte[0]), tree.count(new byte[0]), "count of everything");
  }

  private static List<RangeEntry> expected(
      Model model, List<byte[]> keys, ScanShape shape, int limit) {
    return model.scan(
        shape.prefixIn(keys),
        shape.startIn(keys),
        shape.delimiter().bytes(),
        shape.content(),
        shape.direction(),
        limit);
  }

  private static void compare(List<RangeEntry> expected, List<RangeEntry> found) {
    for (int i = 0; i < Math.min(expected.size(), found.size()); i++) {
      Expect.same(expected.get(i), found.get(i), "entry " + i + " of the scan");
    }
    Expect.same(expected.size(), found.size(), "entries of the scan");
  }
}
