package io.drey;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A scan's steps, and the four ways to read it. */
@Tag("both-sizes")
class ScanTest {
  private static final byte[] NONE = {};

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  /** A tree of these keys, each of which is its own value. */
  private static ForestSections tree(String... keys) {
    NavigableMap<byte[], byte[]> records = new TreeMap<>(Arrays::compareUnsigned);
    for (String key : keys) {
      records.put(bytes(key), bytes(key));
    }
    return new ForestSections(records, 4711);
  }

  private static ForestSections numbers(int count) {
    String[] keys = new String[count];
    for (int i = 0; i < count; i++) {
      keys[i] = "%05d".formatted(i);
    }
    return tree(keys);
  }

  private static String text(RangeEntry entry) {
    return switch (entry) {
      case RangeEntry.Key(byte[] key, _, _) -> new String(key, ISO_8859_1);
      case RangeEntry.CommonPrefix(byte[] prefix) -> "[" + new String(prefix, ISO_8859_1) + "]";
    };
  }

  private static List<String> texts(Scan scan) {
    List<String> found = new ArrayList<>();
    for (RangeEntry entry : scan) {
      found.add(text(entry));
    }
    return found;
  }

  @Nested
  class TheFourWaysToRead {
    private final ForestSections tree = tree("", "a", "d/1", "d/2", "e");
    private final Scan scan = tree.scan(NONE).delimiter((byte) '/');
    private final List<String> expected = List.of("", "a", "[d/]", "e");

    @Test
    void agree() {
      List<String> visited = new ArrayList<>();
      long count =
          scan.visit((buffer, keyOffset, keyLength, valueOffset, valueLength, version) -> {
            String name = new String(buffer, keyOffset, keyLength, ISO_8859_1);
            visited.add(valueLength < 0 ? "[" + name + "]" : name);
            if (valueLength >= 0) {
              assertEquals(name, new String(buffer, valueOffset, valueLength, ISO_8859_1));
              assertEquals(valueLength, version);
            } else {
              assertEquals(0, version);
            }
            return Visit.CONTINUE;
          });

      assertEquals(4, count);
      assertEquals(expected, visited);
      assertEquals(expected, texts(scan));
      assertEquals(expected, scan.stream().map(ScanTest::text).toList());
    }

    @Test
    void canBeTakenAgainAndAgain() {
      assertEquals(texts(scan), texts(scan));
    }

    @Test
    void giveArraysOfTheirOwn() {
      RangeEntry.Key first = (RangeEntry.Key) scan.iterator().next();
      RangeEntry.Key second = (RangeEntry.Key) scan.keysOnly().startAfter(NONE).iterator().next();

      assertArrayEquals(NONE, first.key());
      assertArrayEquals(bytes("a"), second.key());
      assertArrayEquals(NONE, second.value());
      assertEquals(1, second.version());
    }
  }

  @Nested
  class AStep {
    @Test
    void leavesTheScanItWasTakenFromAlone() {
      Scan scan = tree("a", "b/1", "c").scan(NONE);

      assertEquals(List.of("a"), texts(scan.limit(1)));
      assertEquals(List.of("a", "[b/]", "c"), texts(scan.delimiter((byte) '/')));
      assertEquals(List.of("c"), texts(scan.startAfter(bytes("b/1"))));
      assertEquals(List.of("a", "b/1", "c"), texts(scan));
    }

    @Test
    void copiesTheArrayItIsGiven() {
      byte[] array = bytes("b");
      Scan scan = tree("a", "b", "c").scan(NONE).startAfter(array);
      array[0] = 0;

      assertEquals(List.of("c"), texts(scan));
    }

    @Test
    void refusesWhatMeansNothing() {
      Scan scan = tree("a").scan(NONE);

      assertThrows(IllegalArgumentException.class, () -> scan.limit(-1));
      assertThrows(NullPointerException.class, () -> scan.startAfter(nothing()));
      assertThrows(NullPointerException.class, () -> scan.delimiter(nothing()));
      assertThrows(NullPointerException.class, () -> scan.visit(nothing()));
    }

    /** A null that nobody sees coming. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
      return null;
    }
  }

  @Nested
  class ALimit {
    @Test
    void ofZeroGivesNothing() {
      ForestSections tree = tree("a");

      assertEquals(List.of(), texts(tree.scan(NONE).limit(0)));
      assertEquals(0, tree.fills());
    }

    @Test
    void endsTheScanInsideAndBetweenSections() {
      ForestSections tree = numbers(700);
      for (int limit : new int[] {1, 127, 128, 129, 384, 385, 699, 700, 701}) {
        assertEquals(Math.min(limit, 700), texts(tree.scan(NONE).limit(limit)).size());
        assertEquals(
            Math.min(limit, 700),
            tree.scan(NONE).limit(limit).visit((b, ko, kl, vo, vl, v) -> Visit.CONTINUE));
      }
    }

    @Test
    void isMetInOneSectionWhenItIsSmall() {
      ForestSections tree = numbers(300);

      texts(tree.scan(NONE).limit(100));

      assertEquals(1, tree.fills());
    }
  }

  @Nested
  class ListingADirectory {
    private final ForestSections tree =
        tree("d/", "d/a/1", "d/a/2", "d/b", "d/c::x", "d/c::y", "e");

    @Test
    void showsThePrefixItselfAsAKey() {
      assertEquals(
          List.of("d/", "[d/a/]", "d/b", "d/c::x", "d/c::y"),
          texts(tree.scan(bytes("d/")).delimiter((byte) '/')));
    }

    @Test
    void takesADelimiterOfSeveralBytes() {
      assertEquals(
          List.of("d/", "d/a/1", "d/a/2", "d/b", "[d/c::]"),
          texts(tree.scan(bytes("d/")).delimiter(bytes("::"))));
    }

    @Test
    void rollsNothingUpWithAnEmptyDelimiter() {
      assertEquals(texts(tree.scan(NONE)), texts(tree.scan(NONE).delimiter()));
    }

    @Test
    void leavesACommonPrefixBehindThatIsNotGreaterThanTheStart() {
      Scan scan = tree.scan(bytes("d/")).delimiter((byte) '/');
      List<String> rest = List.of("d/b", "d/c::x", "d/c::y");

      assertEquals(rest, texts(scan.startAfter(bytes("d/a/"))));
      assertEquals(rest, texts(scan.startAfter(bytes("d/a/1"))));
      assertEquals(rest, texts(scan.startAfter(bytes("d/a/3"))));
    }

    @Test
    void takesTheTighterOfPrefixAndStart() {
      Scan scan = tree.scan(bytes("d/")).delimiter((byte) '/');

      assertEquals("d/", texts(scan.startAfter(bytes("a"))).getFirst());
      assertEquals(List.of(), texts(scan.startAfter(bytes("e"))));
    }
  }

  @Nested
  class Reversed {
    private final ForestSections tree = tree("", "a", "d/", "d/1", "d/2", "e", "e0", "f/1");
    private final Scan scan = tree.scan(NONE).delimiter((byte) '/').reverse();

    @Test
    void showsTheSameEntriesFromTheLastToTheFirst() {
      assertEquals(List.of("[f/]", "e0", "e", "[d/]", "a", ""), texts(scan));
      assertEquals(texts(scan), scan.stream().map(ScanTest::text).toList());
      assertEquals(6, scan.visit((b, ko, kl, vo, vl, v) -> Visit.CONTINUE));
    }

    @Test
    void isTheScanItselfWhenTurnedRoundAgain() {
      assertEquals(texts(scan).reversed(), texts(scan.reverse()));
    }

    @Test
    void showsARecordBehindThoseThatItsKeyIsAPrefixOf() {
      assertEquals(
          List.of("d/2", "d/1", "d/"),
          texts(tree.scan(bytes("d/")).delimiter((byte) '/').reverse()));
    }

    @Test
    void startsBelowAKeyWhereverTheStepIsTaken() {
      assertEquals(List.of("[d/]", "a", ""), texts(scan.startAfter(bytes("e"))));
      assertEquals(
          List.of("[d/]", "a", ""),
          texts(tree.scan(NONE).startAfter(bytes("e")).delimiter((byte) '/').reverse()));
    }

    @Test
    void leavesACommonPrefixOutThatIsNotSmallerThanTheStart() {
      assertEquals(List.of("a", ""), texts(scan.startAfter(bytes("d/"))));
      assertEquals(List.of("a", ""), texts(scan.startAfter(bytes("d"))));
    }

    @Test
    void showsACommonPrefixThatIsSmallerThanTheStartWhateverLiesBelowIt() {
      assertEquals(List.of("[d/]", "a", ""), texts(scan.startAfter(bytes("d/2"))));
      assertEquals(List.of("[d/]", "a", ""), texts(scan.startAfter(bytes("d/0"))));
    }

    @Test
    void takesTheTighterOfPrefixAndStart() {
      Scan below = tree.scan(bytes("d/")).reverse();

      assertEquals(List.of("d/2", "d/1", "d/"), texts(below.startAfter(bytes("x"))));
      assertEquals(List.of("d/"), texts(below.startAfter(bytes("d/1"))));
      assertEquals(List.of(), texts(below.startAfter(bytes("d/"))));
      assertEquals(List.of(), texts(below.startAfter(bytes("a"))));
    }

    @Test
    void findsTheLastOfManyInOneSection() {
      ForestSections many = numbers(700);

      assertEquals(List.of("00699"), texts(many.scan(NONE).reverse().limit(1)));
      assertEquals(1, many.fills());
    }

    @Test
    void goesOnBelowItsSectionsWhateverTheirSize() {
      List<String> expected = texts(numbers(100).scan(NONE)).reversed();
      ForestSections many = numbers(100);
      many.forgetSome();
      for (int most = 1; most < 8; most++) {
        for (int room : new int[] {1, 10, 25, 1000}) {
          Scan reverse = many.scan(NONE).reverse().inSectionsOf(new SectionSizes(1, most, room));
          assertEquals(expected, texts(reverse));
        }
      }
    }
  }

  @Nested
  class AVisitor {
    @Test
    void endsTheVisitAndTheEntryCounts() {
      assertEquals(1, numbers(10).scan(NONE).visit((b, ko, kl, vo, vl, v) -> Visit.STOP));
    }

    @Test
    void runsOutsideOfEveryFillAndMayScanItself() {
      ForestSections tree = numbers(50);
      List<Integer> inner = new ArrayList<>();

      tree.scan(NONE)
          .inSectionsOf(new SectionSizes(3, 7, 1000))
          .visit((buffer, keyOffset, keyLength, valueOffset, valueLength, version) -> {
            assertFalse(tree.isFilling());
            byte[] here = Arrays.copyOfRange(buffer, keyOffset, keyOffset + keyLength);
            Scan rest = tree.scan(NONE).startAfter(here);
            inner.add((int) rest.visit((b, ko, kl, vo, vl, v) -> Visit.CONTINUE));
            return Visit.CONTINUE;
          });

      assertEquals(50, inner.size());
      assertEquals(49, inner.getFirst());
      assertEquals(0, inner.getLast());
    }

    @Test
    void mayThrowAndLeavesTheTreeReadable() {
      ForestSections tree = numbers(10);
      IllegalStateException own = new IllegalStateException("the visitor's own");

      IllegalStateException seen =
          assertThrows(
              IllegalStateException.class,
              () ->
                  tree.scan(NONE)
                      .visit((b, ko, kl, vo, vl, v) -> {
                        throw own;
                      }));

      assertSame(own, seen);
      assertEquals(10, texts(tree.scan(NONE)).size());
    }

    @Test
    void cannotLeadTheScanAstrayByWritingToTheBuffer() {
      long seen =
          numbers(20)
              .scan(NONE)
              .inSectionsOf(new SectionSizes(1, 1, 1000))
              .visit((buffer, keyOffset, keyLength, valueOffset, valueLength, version) -> {
                Arrays.fill(buffer, (byte) 0);
                return Visit.CONTINUE;
              });

      assertEquals(20, seen);
    }
  }

  @Nested
  class ACursor {
    @Test
    void saysWhenItIsAtTheEnd() {
      Cursor cursor = tree("a").scan(NONE).cursor();
      assertTrue(cursor.hasNext());
      assertTrue(cursor.hasNext());
      cursor.next();

      assertFalse(cursor.hasNext());
      assertThrows(NoSuchElementException.class, cursor::next);
    }

    @Test
    void throwsWhenItIsClosed() {
      Cursor cursor = tree("a").scan(NONE).cursor();
      cursor.close();
      cursor.close();

      assertThrows(ClosedException.class, cursor::hasNext);
      assertThrows(ClosedException.class, cursor::next);
    }

    @Test
    void throwsWhenItsTreeIsClosed() {
      ForestSections tree = tree("a", "b");
      Cursor cursor = tree.scan(NONE).cursor();
      cursor.next();
      tree.close();

      assertThrows(ClosedException.class, cursor::next);
      assertThrows(ClosedException.class, () -> tree.scan(NONE).cursor());
      assertThrows(ClosedException.class, () -> texts(tree.scan(NONE).limit(0)));
      assertThrows(
          ClosedException.class,
          () -> tree.scan(NONE).visit((b, ko, kl, vo, vl, v) -> Visit.CONTINUE));
    }

    @Test
    void goesOnBehindItsSectionsWhateverTheirSize() {
      ForestSections tree = numbers(100);
      tree.forgetSome();
      List<String> expected = texts(numbers(100).scan(NONE));
      for (int most = 1; most < 8; most++) {
        for (int room : new int[] {1, 10, 25, 1000}) {
          Scan scan = tree.scan(NONE).inSectionsOf(new SectionSizes(1, most, room));
          assertEquals(expected, texts(scan));
        }
      }
    }

    @Test
    void isIndependentOfOthers() {
      ForestSections tree = numbers(300);
      Iterator<RangeEntry> one = tree.scan(NONE).iterator();
      Iterator<RangeEntry> other = tree.scan(NONE).iterator();
      while (one.hasNext()) {
        assertEquals(one.next(), other.next());
      }
      assertFalse(other.hasNext());
    }
  }
}
