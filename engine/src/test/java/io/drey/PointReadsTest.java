package io.drey;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.testing.Limits;
import io.drey.testing.Stores;
import io.drey.testing.Watchdog;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reads beside {@code get}: into a segment, of several keys, of the longest prefix. */
@Tag("both-sizes")
class PointReadsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final byte[] KEY = bytes("key");
  private static final byte[] VALUE = bytes("some value");

  @TempDir Path ground;

  private Tree tree = Tree.open(Stores.memory());

  @AfterEach
  void close() {
    tree.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static byte[] content(MemorySegment segment) {
    return segment.toArray(ValueLayout.JAVA_BYTE);
  }

  /** A store of so many records, none of which is in memory. */
  private Tree cold(int records) {
    TreeConfig config = Stores.config(ground.resolve("cold"));
    try (Tree warm = Tree.open(config)) {
      Stores.fill(warm, 0, records);
    }
    tree.close();
    tree = Tree.open(config);
    return tree;
  }

  @Nested
  class IntoASegment {
    private final Arena arena = Arena.ofConfined();

    @AfterEach
    void closeArena() {
      if (arena.scope().isAlive()) {
        arena.close();
      }
    }

    @Test
    void goesTheValueAndNothingElse() {
      tree.set(KEY, VALUE);
      MemorySegment target = arena.allocate(VALUE.length + 3);
      target.fill((byte) 'x');

      assertEquals(VALUE.length, tree.get(KEY, target));

      assertArrayEquals(bytes("some valuexxx"), content(target));
    }

    @Test
    void goesAValueThatJustFits() {
      tree.set(KEY, VALUE);
      MemorySegment target = arena.allocate(VALUE.length);

      assertEquals(VALUE.length, tree.get(KEY, target));

      assertArrayEquals(VALUE, content(target));
    }

    @Test
    void goesNothingWhenItIsTooSmallAndTheSizeIsSaid() {
      tree.set(KEY, VALUE);
      MemorySegment target = arena.allocate(VALUE.length - 1);
      target.fill((byte) 'x');

      assertEquals(VALUE.length, tree.get(KEY, target));
      assertEquals(VALUE.length, tree.get(KEY, MemorySegment.NULL));

      assertArrayEquals(bytes("xxxxxxxxx"), content(target));
    }

    @Test
    void goesAnEmptyValueWithoutRoom() {
      tree.set(KEY, new byte[0]);

      assertEquals(0, tree.get(KEY, MemorySegment.NULL));
    }

    @Test
    void goesNothingOfAnAbsentKey() {
      MemorySegment target = arena.allocate(4);

      assertEquals(-1, tree.get(KEY, target));
      assertEquals(-1, tree.get(new byte[Limits.KEY_BYTES_MAX + 1], target));
      assertArrayEquals(new byte[4], content(target));
    }

    @Test
    void goesTheLongestValue() {
      byte[] longest = new byte[Limits.KEY_BYTES_MAX];
      new Random(1).nextBytes(longest);
      tree.set(KEY, longest);
      MemorySegment target = arena.allocate(longest.length);

      assertEquals(longest.length, tree.get(KEY, target));

      assertArrayEquals(longest, content(target));
    }

    @Test
    void onTheHeapOfAnyElementTypeGoesTheValue() {
      tree.set(KEY, VALUE);
      long[] longs = new long[2];
      byte[] array = new byte[VALUE.length];

      assertEquals(VALUE.length, tree.get(KEY, MemorySegment.ofArray(array)));
      assertEquals(VALUE.length, tree.get(KEY, MemorySegment.ofArray(longs)));

      assertArrayEquals(VALUE, array);
      byte[] both = content(MemorySegment.ofArray(longs));
      assertArrayEquals(VALUE, Arrays.copyOf(both, VALUE.length));
    }

    @Test
    void ofASliceGoesTheValueToItsBeginning() {
      tree.set(KEY, VALUE);
      MemorySegment whole = arena.allocate(VALUE.length + 2);

      assertEquals(VALUE.length, tree.get(KEY, whole.asSlice(1, VALUE.length)));

      assertArrayEquals(bytes("\0some value\0"), content(whole));
    }

    @Test
    void comesAValueThatIsNotInMemoryYet() {
      Tree cold = cold(500);
      MemorySegment target = arena.allocate(200);
      for (int number = 499; number >= 0; number -= 7) {
        byte[] value = Stores.value(number);
        assertEquals(value.length, cold.get(Stores.key(number), target));
        assertArrayEquals(value, content(target.asSlice(0, value.length)));
      }
    }

    @Test
    void thatIsReadOnlyIsRefusedWhateverTheKey() {
      MemorySegment target = arena.allocate(100).asReadOnly();

      assertThrows(IllegalArgumentException.class, () -> tree.get(KEY, target));
      assertThrows(
          IllegalArgumentException.class, () -> tree.get(KEY, MemorySegment.NULL.asReadOnly()));
    }

    @Test
    void whoseArenaIsClosedIsRefusedWhateverTheKey() {
      MemorySegment target = arena.allocate(100);
      arena.close();

      assertThrows(IllegalStateException.class, () -> tree.get(KEY, target));
    }

    @Test
    void thatIsConfinedToAnotherThreadIsRefusedWhateverTheKey() {
      MemorySegment target = arena.allocate(100);

      Watchdog.within(
          PATIENCE, () -> assertThrows(WrongThreadException.class, () -> tree.get(KEY, target)));
    }

    @Test
    void thatIsRefusedHoldsNothingUp() {
      assertThrows(
          IllegalArgumentException.class, () -> tree.get(KEY, MemorySegment.NULL.asReadOnly()));

      Watchdog.within(PATIENCE, () -> tree.set(KEY, VALUE));
    }

    /** The copy and the closing of a shared arena meet at any point: an exception, no crash. */
    @Test
    void whoseSharedArenaIsClosedMeanwhileIsAnException() {
      byte[] long_ = new byte[Limits.KEY_BYTES_MAX];
      tree.set(KEY, long_);
      for (int round = 0; round < 200; round++) {
        Arena shared = Arena.ofShared();
        MemorySegment target = shared.allocate(long_.length);
        CountDownLatch reading = new CountDownLatch(1);
        Watchdog watchdog = Watchdog.patientFor(PATIENCE);
        watchdog.start(
            "reader",
            () -> {
              reading.countDown();
              assertThrows(
                  IllegalStateException.class,
                  () -> {
                    while (true) {
                      assertEquals(long_.length, tree.get(KEY, target));
                    }
                  });
            });
        watchdog.start(
            "closer",
            () -> {
              reading.await();
              boolean closed = false;
              while (!closed) {
                try {
                  shared.close();
                  closed = true;
                } catch (IllegalStateException e) {
                  Thread.onSpinWait(); // a copy is under way
                }
              }
            });
        watchdog.join();
      }
      tree.set(KEY, VALUE);
    }
  }

  @Nested
  class OfSeveralKeys {
    @Test
    void comeTheValuesInOrderAndNullForAbsentOnes() {
      Stores.fill(tree, 0, 300);
      Random random = new Random(7);
      for (int count = 0; count < 50; count++) {
        byte[][] keys = new byte[count][];
        for (int i = 0; i < count; i++) {
          keys[i] = Stores.key(random.nextInt(400));
        }

        byte[] @Nullable [] values = tree.getAll(keys);

        assertEquals(count, values.length);
        for (int i = 0; i < count; i++) {
          assertArrayEquals(tree.get(keys[i]), values[i]);
        }
      }
    }

    @Test
    void comesEachOfTheSameKeyInAnArrayOfItsOwn() {
      tree.set(KEY, VALUE);

      byte[] @Nullable [] values = tree.getAll(KEY, KEY, KEY.clone());

      assertNotSame(values[0], values[1]);
      for (byte[] value : values) {
        assertArrayEquals(VALUE, value);
      }
    }

    @Test
    void comeAnyKindsTogether() {
      byte[] longest = new byte[Limits.KEY_BYTES_MAX];
      tree.set(new byte[0], VALUE);
      tree.set(new byte[1], new byte[0]);
      tree.set(longest, longest);

      byte[] @Nullable [] values =
          tree.getAll(
              new byte[Limits.KEY_BYTES_MAX + 1], longest, new byte[2], new byte[1], new byte[0]);

      assertNull(values[0]);
      assertArrayEquals(longest, values[1]);
      assertNull(values[2]);
      assertArrayEquals(new byte[0], values[3]);
      assertArrayEquals(VALUE, values[4]);
    }

    @Test
    void comesNothingOfNoKeysOrOfAnEmptyTree() {
      assertEquals(0, tree.getAll().length);
      assertArrayEquals(new byte[3][], tree.getAll(KEY, new byte[0], VALUE));
    }

    @Test
    void comeThoseThatAreNotInMemoryYet() {
      int records = 3_000;
      Tree cold = cold(records);
      byte[][] keys = new byte[records][];
      Arrays.setAll(keys, i -> Stores.key((i * 1_777) % records));

      byte[] @Nullable [] values = cold.getAll(keys);

      for (int i = 0; i < records; i++) {
        assertArrayEquals(Stores.value((i * 1_777) % records), values[i]);
      }
      assertTrue(cold.stats().cacheMisses() > 0, "the store was not cold");
    }

    @Test
    void isEachSomethingThatWasThereWhileOthersWrite() {
      AtomicBoolean over = new AtomicBoolean();
      byte[][] keys = new byte[40][];
      Arrays.setAll(keys, Stores::key);
      Stores.fill(tree, 0, 20);
      Watchdog watchdog = Watchdog.patientFor(PATIENCE);
      watchdog.start(
          "writer",
          () -> {
            for (int round = 0; round < 300; round++) {
              Stores.fill(tree, 20, 40);
              for (int number = 20; number < 40; number++) {
                tree.delete(Stores.key(number));
              }
            }
            over.set(true);
          });
      watchdog.start(
          "reader",
          () -> {
            while (!over.get()) {
              byte[] @Nullable [] values = tree.getAll(keys);
              for (int number = 0; number < 40; number++) {
                if (number < 20 || values[number] != null) {
                  assertArrayEquals(Stores.value(number), values[number]);
                }
              }
            }
          });
      watchdog.join();
    }
  }

  @Nested
  class TheLongestPrefix {
    private @Nullable String of(String query) {
      Entry entry = tree.longestPrefix(bytes(query));
      if (entry == null) {
        return null;
      }
      assertEquals(tree.getEntry(entry.key()), entry);
      return new String(entry.key(), ISO_8859_1);
    }

    private void store(String... keys) {
      for (String key : keys) {
        tree.set(bytes(key), bytes("value of " + key));
      }
    }

    @Test
    void isNothingWhereNoKeyBeginsTheQuery() {
      assertNull(of(""));
      assertNull(of("a"));
      store("/usr/", "/usr/bin");
      assertNull(of(""));
      assertNull(of("/us"));
      assertNull(of("/var/"));
    }

    @Test
    void isTheDeepestOfThoseOnTheWay() {
      store("/", "/usr/", "/usr/share/", "/usr/share/doc/x", "/var/");

      assertEquals("/usr/share/", of("/usr/share/doc/y"));
      assertEquals("/usr/share/", of("/usr/share/"));
      assertEquals("/usr/", of("/usr/share"));
      assertEquals("/usr/share/doc/x", of("/usr/share/doc/x/and/more"));
      assertEquals("/", of("/usr"));
      assertEquals("/", of("/x"));
      assertNull(of("x"));
    }

    @Test
    void isTheEmptyKeyWhenNoOtherIs() {
      store("", "b");

      assertEquals("", of(""));
      assertEquals("", of("a"));
      assertEquals("b", of("b/c"));
    }

    @Test
    void isFoundInATreeOfOneRecord() {
      store("a/b");

      assertEquals("a/b", of("a/b"));
      assertEquals("a/b", of("a/b/c"));
      assertNull(of("a/"));
    }

    @Test
    void isFoundForAQueryLongerThanAnyKey() {
      byte[] longest = new byte[Limits.KEY_BYTES_MAX];
      byte[] query = new byte[3 * Limits.KEY_BYTES_MAX];
      tree.set(longest, VALUE);
      tree.set(new byte[3], VALUE);

      assertEquals(tree.getEntry(longest), tree.longestPrefix(query));

      tree.delete(longest);
      assertEquals(tree.getEntry(new byte[3]), tree.longestPrefix(query));
    }

    @Test
    void isFoundInBlobsThatAreNotInMemoryYet() {
      Tree cold = cold(3_000);
      for (int number = 2_999; number >= 0; number -= 101) {
        byte[] key = Stores.key(number);
        byte[] query = Arrays.copyOf(key, key.length + 5);
        assertEquals(cold.getEntry(key), cold.longestPrefix(query));
      }
      assertNull(cold.longestPrefix(bytes("/data/set-000/record-000000")));
    }

    @Test
    void keepsNothingOfTheQuery() {
      store("ab");
      byte[] query = bytes("abc");

      Entry entry = tree.longestPrefix(query);
      query[0] = 'x';

      assertEquals(tree.getEntry(bytes("ab")), entry);
    }
  }
}
