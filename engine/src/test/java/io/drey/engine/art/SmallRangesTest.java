package io.drey.engine.art;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drey.RangeEntry;
import io.drey.engine.art.GrownForest.Grown;
import io.drey.engine.art.NaiveRange.Order;
import io.drey.engine.art.NaiveRange.Stored;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every range over every small tree: all sets of the keys of up to two bytes out of a letter and a
 * slash, with every prefix, every place to start after and every delimiter of that size, in
 * sections of one entry and of all.
 */
@Tag("both-sizes")
class SmallRangesTest {
  private static final byte[] TREE = {1, 0, 0, 0, 0, 0, 0, 0, 7};
  private static final List<byte[]> KEYS = strings("a/", 2);
  private static final List<byte[]> PLACES = strings("a/0", 3);
  private static final List<byte[]> DELIMITERS = strings("a/", 2);

  @ParameterizedTest
  @EnumSource
  void agreesWithTheNaiveOne(Order order) {
    for (int set = 0; set < 1 << KEYS.size(); set++) {
      NavigableMap<byte[], Stored> records = new TreeMap<>(Arrays::compareUnsigned);
      List<Grown> grown = new ArrayList<>();
      for (int i = 0; i < KEYS.size(); i++) {
        if ((set >>> i & 1) != 0) {
          records.put(KEYS.get(i), new Stored(new byte[i], i + 1));
        }
      }
      records.forEach(
          (key, stored) -> grown.add(new Grown(physical(key), stored.value(), stored.version())));
      GrownForest forest = new GrownForest(grown, new Random(set), set % 3 * 0.4);
      for (byte[] prefix : KEYS) {
        for (byte[] delimiter : DELIMITERS) {
          compare(forest, records, prefix, delimiter, order);
        }
      }
    }
  }

  private static void compare(
      GrownForest forest,
      NavigableMap<byte[], Stored> records,
      byte[] prefix,
      byte[] delimiter,
      Order order) {
    RangeRequest ascending = RangeRequest.below(TREE, prefix).rolledUpAt(delimiter);
    RangeRequest request = order == Order.DESCENDING ? ascending.reversed() : ascending;
    Section section = new Section();
    section.start(request);
    assertEquals(
        NaiveRange.of(records, prefix, null, delimiter, true, order),
        read(forest, request, section, 1));
    for (byte[] after : PLACES) {
      List<RangeEntry> expected = NaiveRange.of(records, prefix, after, delimiter, true, order);
      for (int most : new int[] {1, 100}) {
        section.startAfter(request, after);
        List<RangeEntry> found = read(forest, request, section, most);
        if (!expected.equals(found)) {
          throw new AssertionError(
              "%s prefix %s after %s delimiter %s: expected %s, found %s"
                  .formatted(
                      records.keySet().stream().map(SmallRangesTest::text).toList(),
                      text(prefix),
                      text(after),
                      text(delimiter),
                      expected,
                      found));
        }
      }
    }
  }

  private static List<RangeEntry> read(
      GrownForest forest, RangeRequest request, Section section, int most) {
    List<RangeEntry> entries = new ArrayList<>();
    do {
      section.limit(most, 1 << 16);
      RangeWalker.fill(forest, request, section);
      for (int i = 0; i < section.size(); i++) {
        entries.add(
            section.valueLength(i) == Section.COMMON_PREFIX
                ? new RangeEntry.CommonPrefix(section.key(i))
                : new RangeEntry.Key(section.key(i), section.value(i), section.version(i)));
      }
    } while (section.end() != Section.End.COMPLETE);
    return entries;
  }

  /** All strings of up to {@code most} bytes, shorter ones first. */
  private static List<byte[]> strings(String alphabet, int most) {
    List<String> all = new ArrayList<>(List.of(""));
    for (int i = 0; all.get(i).length() < most; i++) {
      for (char c : alphabet.toCharArray()) {
        all.add(all.get(i) + c);
      }
    }
    return all.stream().map(s -> s.getBytes(ISO_8859_1)).toList();
  }

  private static byte[] physical(byte[] key) {
    byte[] physical = Arrays.copyOf(TREE, TREE.length + key.length);
    System.arraycopy(key, 0, physical, TREE.length, key.length);
    return physical;
  }

  private static String text(byte[] bytes) {
    return "'" + new String(bytes, ISO_8859_1) + "'";
  }
}
