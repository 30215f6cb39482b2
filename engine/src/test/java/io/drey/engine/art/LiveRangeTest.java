package io.drey.engine.art;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drey.RangeEntry;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Walks over trees that grew, split and shrank record by record. */
@Tag("both-sizes")
class LiveRangeTest {
  private static final byte[] PREFIX = TestTree.physical(new byte[0]);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void everyListingAgreesWithTheModel(long seed) {
    Random random = new Random(seed);
    try (TestTree tree = new TestTree()) {
      for (int i = 0; i < 3000; i++) {
        tree.put(path(random), new byte[random.nextInt(60)]);
        if (random.nextInt(4) == 0) {
          tree.delete(path(random));
        }
      }
      NavigableMap<byte[], Stored> records = new TreeMap<>(Arrays::compareUnsigned);
      tree.model.forEach((key, value) -> records.put(key, new Stored(value, 0)));

      for (int i = 0; i < 100; i++) {
        byte[] prefix = cut(path(random), random);
        byte[] after = cut(path(random), random);
        byte[] delimiter = random.nextBoolean() ? new byte[0] : new byte[] {'/'};

        RangeRequest request = RangeRequest.below(PREFIX, prefix).rolledUpAt(delimiter);

        assertEquals(
            NaiveRange.of(records, prefix, after, delimiter, true, Order.ASCENDING),
            list(tree.frames, request, after, random),
            "seed " + seed);
        assertEquals(
            NaiveRange.of(records, prefix, after, delimiter, true, Order.DESCENDING),
            list(tree.frames, request.reversed(), after, random),
            "descending, seed " + seed);
      }
    }
  }

  private static byte[] path(Random random) {
    return "%d/dir-%d/file-%d"
        .formatted(random.nextInt(3), random.nextInt(12), random.nextInt(120))
        .getBytes(ISO_8859_1);
  }

  private static byte[] cut(byte[] path, Random random) {
    return Arrays.copyOf(path, random.nextInt(path.length + 1));
  }

  private static List<RangeEntry> list(
      TestFrames frames, RangeRequest request, byte[] after, Random random) {
    Section section = new Section();
    section.startAfter(request, after);
    List<RangeEntry> found = new ArrayList<>();
    do {
      section.limit(1 + random.nextInt(200), 1 + random.nextInt(4000));
      RangeWalker.fill(frames, request, section);
      for (int i = 0; i < section.size(); i++) {
        found.add(
            section.valueLength(i) == Section.COMMON_PREFIX
                ? new RangeEntry.CommonPrefix(section.key(i))
                : new RangeEntry.Key(section.key(i), section.value(i), 0));
      }
    } while (section.end() == Section.End.FULL);
    return found;
  }
}
