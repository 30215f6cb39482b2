package io.drey.model;

import io.drey.Entry;
import io.drey.PrefixCount;
import io.drey.RangeEntry;
import io.drey.Scan;
import io.drey.Tree;
import java.util.ArrayList;
import java.util.List;

/** The reading operations: what the tree answers, against the model. */
final class ReadingWalk {
  void get(Tree tree, Model model, byte[] key) {
    Held held = model.get(key);
    byte[] value = tree.get(key);
    Entry entry = tree.getEntry(key);
    Expect.bytes(held == null ? null : held.value, value, "get");
    Expect.same(held != null, tree.contains(key), "contains");
    Expect.same(held == null ? null : new Entry(key, held.value, held.version), entry, "getEntry");
    if (value != null && value.length > 0) {
      value[0]++;
      Expect.bytes(
          held == null ? null : held.value, tree.get(key), "get after a change of its array");
    }
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
              byte[] key = java.util.Arrays.copyOfRange(buffer, keyOffset, keyOffset + keyLength);
              Expect.bytes(record.getKey(), key, "key of the full scan");
              byte[] value =
                  java.util.Arrays.copyOfRange(buffer, valueOffset, valueOffset + valueLength);
              Expect.bytes(record.getValue().value, value, "value of " + Expect.text(key));
              Expect.same(record.getValue().version, version, "version of the full scan");
              return io.drey.Visit.CONTINUE;
            });
    Expect.same((long) model.records().size(), visited, "records of the full scan");
    var backwards = model.records().descendingMap().keySet().iterator();
    visited =
        tree.scan()
            .keysOnly()
            .reverse()
            .visit((buffer, keyOffset, keyLength, valueOffset, valueLength, version) -> {
              Expect.that(backwards.hasNext(), "a record too many in reverse");
              byte[] key = java.util.Arrays.copyOfRange(buffer, keyOffset, keyOffset + keyLength);
              Expect.bytes(backwards.next(), key, "key of the full scan in reverse");
              return io.drey.Visit.CONTINUE;
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
