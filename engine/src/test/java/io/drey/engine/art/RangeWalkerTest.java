package io.drey.engine.art;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Walks over trees of every shape against a sorted map. */
@Tag("both-sizes")
@org.junit.jupiter.api.Tag("both-sizes")
class RangeWalkerTest {
  private static final byte[] TREE = {1, 0, 0, 0, 0, 0, 0, 0, 7};
  private static final byte[] NONE = {};

  /** A tree and one question to it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Case(
      List<byte[]> keys,
      byte[] prefix,
      byte @Nullable [] startAfter,
      byte[] delimiter,
      Order order,
      long shape,
      double edgeShare) {
    @Override
    public String toString() {
      return "keys %s prefix %s startAfter %s delimiter %s %s shape %d edges %s"
          .formatted(
              keys.stream().map(Arrays::toString).toList(),
              Arrays.toString(prefix),
              Arrays.toString(startAfter),
              Arrays.toString(delimiter),
              order,
              shape,
              edgeShare);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static NavigableMap<byte[], Stored> records(List<byte[]> keys) {
    TreeMap<byte[], Stored> records = new TreeMap<>(Arrays::compareUnsigned);
    for (byte[] key : keys) {
      long version = records.size() + 1L;
      records.put(key, new Stored(bytes("value " + version), version));
    }
    return records;
  }

  /** Plants the records beside those of other trees, which must never show. */
  private static GrownForest plant(
      NavigableMap<byte[], Stored> records, Random random, double edges) {
    NavigableMap<byte[], Stored> physical = new TreeMap<>(Arrays::compareUnsigned);
    byte[] before = TREE.clone();
    before[8]--;
    byte[] behind = TREE.clone();
    behind[8]++;
    records.forEach((key, stored) -> physical.put(joined(TREE, key), stored));
    if (random.nextBoolean()) {
      physical.put(bytes("\0name"), new Stored(new byte[8], 1));
      records.forEach((key, stored) -> physical.put(joined(before, key), stored));
      records.forEach((key, stored) -> physical.put(joined(behind, key), stored));
    }
    List<Grown> grown = new ArrayList<>();
    physical.forEach((k, stored) -> grown.add(new Grown(k, stored.value(), stored.version())));
    return new GrownForest(grown, random, edges);
  }

  private static byte[] joined(byte[] head, byte[] tail) {
    byte[] both = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, both, head.length, tail.length);
    return both;
  }

  private static RangeRequest request(Case sample) {
    RangeRequest request = RangeRequest.below(TREE, sample.prefix).rolledUpAt(sample.delimiter);
    return inOrder(request, sample.order);
  }

  private static RangeRequest inOrder(RangeRequest request, Order order) {
    return order == Order.DESCENDING ? request.reversed() : request;
  }

  private static List<RangeEntry> expected(
      NavigableMap<byte[], Stored> records, Case sample, byte @Nullable [] after, boolean values) {
    return NaiveRange.of(records, sample.prefix, after, sample.delimiter, values, sample.order);
  }

  private static void start(Section section, RangeRequest request, byte @Nullable [] after) {
    if (after == null) {
      section.start(request);
    } else {
      section.startAfter(request, after);
    }
  }

  /** Reads on, at most {@code limit} entries, loading what is missing. */
  private static List<RangeEntry> read(
      GrownForest forest, RangeRequest request, Section section, Random sizes, int limit) {
    List<RangeEntry> entries = new ArrayList<>();
    do {
      int most = Math.min(limit - entries.size(), 1 + sizes.nextInt(5));
      section.limit(most, 1 + sizes.nextInt(60));
      RangeWalker.fill(forest, request, section);
      assertTrue(section.size() <= most, "a section within its bounds");
      for (int i = 0; i < section.size(); i++) {
        entries.add(entry(section, i));
      }
      if (section.end() == Section.End.MISSING) {
        assertTrue(forest.load(section.missingBlob()), "a missing blob is reported as such");
      }
    } while (section.end() != Section.End.COMPLETE && entries.size() < limit);
    return entries;
  }

  private static RangeEntry entry(Section section, int i) {
    if (section.valueLength(i) == Section.COMMON_PREFIX) {
      assertEquals(0, section.version(i));
      return new RangeEntry.CommonPrefix(section.key(i));
    }
    return new RangeEntry.Key(section.key(i), section.value(i), section.version(i));
  }

  @Provide
  Arbitrary<byte[]> key() {
    return Arbitraries.frequencyOf(
        Tuple.of(8, strings("ab/", 6)),
        Tuple.of(4, strings("a:/\0\u00ff", 12)),
        Tuple.of(1, Arbitraries.bytes().array(byte[].class).ofMaxSize(40)));
  }

  private static Arbitrary<byte[]> strings(String alphabet, int most) {
    Byte[] choices = new Byte[alphabet.length()];
    for (int i = 0; i < choices.length; i++) {
      choices[i] = (byte) alphabet.charAt(i);
    }
    return Arbitraries.of(choices).array(byte[].class).ofMaxSize(most);
  }

  @Provide
  Arbitrary<Case> cases() {
    Arbitrary<byte[]> delimiter =
        Arbitraries.oneOf(strings("/", 1), strings("a:/\0\u00ff", 3), strings("a", 3));
    return Combinators.combine(
            key().list().ofMaxSize(60),
            strings("ab/\0\u00ff", 4),
            key().injectNull(0.3),
            delimiter,
            Arbitraries.of(Order.class),
            Arbitraries.longs(),
            Arbitraries.of(0.0, 0.2, 0.7))
        .as(RangeWalkerTest::aimed);
  }

  /** Turns half of the prefixes and bounds into ones that cut an existing key. */
  private static Case aimed(
      List<byte[]> keys,
      byte[] prefix,
      byte @Nullable [] after,
      byte[] delimiter,
      Order order,
      long shape,
      double edges) {
    Random random = new Random(shape);
    byte[] start = prefix;
    byte[] bound = after;
    if (!keys.isEmpty() && random.nextBoolean()) {
      byte[] key = keys.get(random.nextInt(keys.size()));
      start = Arrays.copyOf(key, random.nextInt(key.length + 1));
    }
    if (!keys.isEmpty() && after != null && random.nextBoolean()) {
      byte[] key = keys.get(random.nextInt(keys.size()));
      bound = joined(Arrays.copyOf(key, random.nextInt(key.length + 1)), prefix);
    }
    return new Case(keys, start, bound, delimiter, order, shape, edges);
  }

  @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
  void aWalkReturnsWhatTheMapHolds(@ForAll("cases") Case sample) {
    Random random = new Random(sample.shape);
    NavigableMap<byte[], Stored> records = records(sample.keys);
    GrownForest forest = plant(records, random, sample.edgeShare);
    forest.forgetSome(random.nextBoolean() ? 0 : 0.5);
    RangeRequest request = request(sample);
    Section section = new Section();

    start(section, request, sample.startAfter);
    List<RangeEntry> found = read(forest, request, section, random, Integer.MAX_VALUE);

    assertEquals(expected(records, sample, sample.startAfter, true), found);
  }

  @Property(tries = 600, edgeCases = EdgeCasesMode.NONE)
  void aWalkWithoutValuesReturnsTheSameKeys(@ForAll("cases") Case sample) {
    Random random = new Random(sample.shape);
    NavigableMap<byte[], Stored> records = records(sample.keys);
    GrownForest forest = plant(records, random, sample.edgeShare);
    RangeRequest request = request(sample).withoutValues();
    Section section = new Section();

    start(section, request, sample.startAfter);
    List<RangeEntry> found = read(forest, request, section, random, Integer.MAX_VALUE);

    assertEquals(expected(records, sample, sample.startAfter, false), found);
  }

  @Property(tries = 1400, edgeCases = EdgeCasesMode.NONE)
  void pagesThatFeedBackTheirLastEntryNeitherRepeatNorSkip(@ForAll("cases") Case sample) {
    Random random = new Random(sample.shape);
    NavigableMap<byte[], Stored> records = records(sample.keys);
    GrownForest forest = plant(records, random, sample.edgeShare);
    RangeRequest request = request(sample);
    List<RangeEntry> found = new ArrayList<>();
    byte[] last = null;
    List<RangeEntry> page;
    do {
      Section section = new Section();
      start(section, request, last);
      page = read(forest, request, section, random, 1 + random.nextInt(4));
      found.addAll(page);
      assertTrue(found.size() <= records.size(), "no page repeats what came before");
      last = page.isEmpty() ? last : NaiveRange.nameOf(page.getLast());
    } while (!page.isEmpty());

    assertEquals(expected(records, sample, null, true), found);
  }

  @Nested
  class ARolledUpBlob {
    @ParameterizedTest
    @EnumSource
    void isNeverRead(Order order) {
      List<byte[]> keys = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        keys.add(bytes("dir-%02d/file-%02d".formatted(i / 30, i % 30)));
      }
      GrownForest forest = plant(records(keys), new Random(1), 1);
      RangeRequest request = inOrder(RangeRequest.below(TREE, NONE).rolledUpAt(bytes("/")), order);
      Section section = new Section();
      section.start(request);
      int before = forest.reads();

      List<RangeEntry> found = read(forest, request, section, new Random(2), 10);

      assertEquals(10, found.size());
      assertTrue(forest.reads() - before < 60, "reads: " + (forest.reads() - before));
    }
  }

  @Nested
  class AMissingBlob {
    @Test
    void isNamedWhenItIsTheRoot() {
      GrownForest forest = plant(records(List.of(NONE)), new Random(1), 0);
      forest.forgetAll();
      RangeRequest request = RangeRequest.below(TREE, NONE);
      Section section = new Section();
      section.start(request);
      section.limit(10, 1000);

      RangeWalker.fill(forest, request, section);

      assertEquals(Section.End.MISSING, section.end());
      assertEquals(forest.rootBlob(), section.missingBlob());
    }

    @ParameterizedTest
    @EnumSource
    void leavesValidWhatWasCollected(Order order) {
      List<byte[]> keys = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        keys.add(bytes("%03d".formatted(i)));
      }
      NavigableMap<byte[], Stored> records = records(keys);
      GrownForest forest = plant(records, new Random(3), 0.5);
      List<RangeEntry> all = NaiveRange.of(records, NONE, null, NONE, true, order);
      RangeRequest request = inOrder(RangeRequest.below(TREE, NONE), order);
      Section section = new Section();
      section.start(request);
      section.limit(1000, 100_000);
      forest.forgetSome(0.5);
      List<RangeEntry> found = new ArrayList<>();

      do {
        RangeWalker.fill(forest, request, section);
        for (int i = 0; i < section.size(); i++) {
          found.add(entry(section, i));
        }
        assertEquals(all.subList(0, found.size()), found);
        forest.load(section.missingBlob());
      } while (section.end() == Section.End.MISSING);

      assertEquals(all, found);
    }
  }

  @Nested
  class ABoundLongerThanAnyKey {
    private final byte[] endless = new byte[100_000];

    @ParameterizedTest
    @EnumSource
    void isAPlaceLikeAnyOther(Order order) {
      NavigableMap<byte[], Stored> records = records(List.of(NONE, new byte[9], bytes("a")));
      GrownForest forest = plant(records, new Random(1), 0);
      RangeRequest request = inOrder(RangeRequest.below(TREE, NONE), order);
      Section section = new Section();

      section.startAfter(request, endless);
      List<RangeEntry> found = read(forest, request, section, new Random(1), 10);

      assertEquals(NaiveRange.of(records, NONE, endless, NONE, true, order), found);
    }

    @Test
    void isAPrefixOfNothing() {
      GrownForest forest = plant(records(List.of(NONE, new byte[9])), new Random(1), 0);
      RangeRequest request = RangeRequest.below(TREE, endless);
      Section section = new Section();
      section.start(request);

      assertEquals(List.of(), read(forest, request, section, new Random(1), 10));
    }
  }

  @Nested
  class PathsOfTheGreatestDepth {
    @ParameterizedTest
    @EnumSource
    void areWalkedWithoutRecursion(Order order) {
      List<byte[]> keys = new ArrayList<>();
      for (int length = 0; length < 150; length++) {
        keys.add(new byte[length]);
      }
      NavigableMap<byte[], Stored> records = records(keys);
      GrownForest forest = plant(records, new Random(5), 0.1);
      RangeRequest request = inOrder(RangeRequest.below(TREE, NONE), order);
      Section section = new Section();
      section.start(request);

      List<RangeEntry> found = read(forest, request, section, new Random(5), Integer.MAX_VALUE);

      assertEquals(NaiveRange.of(records, NONE, null, NONE, true, order), found);
    }
  }
}
