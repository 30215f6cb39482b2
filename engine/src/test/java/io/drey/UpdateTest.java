package io.drey;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.testing.Limits;
import io.drey.testing.Stores;
import io.drey.testing.Watchdog;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code update}: a record becomes what a function makes of it. */
@Tag("both-sizes")
class UpdateTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final byte[] KEY = bytes("key");
  private static final UnaryOperator<byte @Nullable []> GONE = before -> null;

  @TempDir Path ground;

  private final Tree tree = Tree.open(Stores.memory());

  @AfterEach
  void close() {
    tree.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  /** The function that appends {@code tail}. */
  private static UnaryOperator<byte @Nullable []> appending(String tail) {
    return before -> bytes((before == null ? "" : new String(before, ISO_8859_1)) + tail);
  }

  @Nested
  class ARecord {
    @Test
    void becomesWhatTheFunctionMakesOfIt() {
      tree.set(KEY, bytes("one"));
      Entry before = tree.getEntry(KEY);

      assertArrayEquals(bytes("one two"), tree.update(KEY, appending(" two")));

      Entry after = tree.getEntry(KEY);
      assertNotNull(before);
      assertNotNull(after);
      assertArrayEquals(bytes("one two"), after.value());
      assertTrue(after.version() > before.version());
    }

    @Test
    void isMadeWhereThereWasNone() {
      assertArrayEquals(bytes("new"), tree.update(KEY, appending("new")));
      assertArrayEquals(bytes("new"), tree.get(KEY));
    }

    @Test
    void goesWhenTheFunctionSaysSo() {
      tree.set(KEY, bytes("one"));

      assertNull(tree.update(KEY, GONE));
      assertFalse(tree.contains(KEY));
    }

    @Test
    void thatIsAbsentAndStaysSoIsNoChange() {
      tree.set(bytes("other"), bytes("value"));
      long version = version(bytes("other"));

      assertNull(tree.update(KEY, GONE));

      tree.set(bytes("other"), bytes("value"));
      assertEquals(version + 1, version(bytes("other")), "a change in between");
    }

    private long version(byte[] key) {
      Entry entry = tree.getEntry(key);
      assertNotNull(entry);
      return entry.version();
    }

    @Test
    void mayBeEmptyBeforeAndAfter() {
      tree.set(KEY, new byte[0]);

      assertArrayEquals(new byte[0], tree.update(KEY, before -> before));
      assertArrayEquals(new byte[0], tree.get(KEY));
    }
  }

  @Nested
  class TheArrays {
    @Test
    void thatTheFunctionSawAreItsOwn() {
      tree.set(KEY, bytes("one"));
      List<byte[]> seen = new ArrayList<>();

      tree.update(
          KEY,
          before -> {
            assertNotNull(before);
            seen.add(before);
            before[0] = 'X';
            return null;
          });
      seen.getFirst()[1] = 'X';
      tree.set(KEY, bytes("one"));
      assertThrows(
          IllegalStateException.class,
          () ->
              tree.update(
                  KEY,
                  before -> {
                    assertNotNull(before);
                    before[0] = 'X';
                    throw new IllegalStateException("after all");
                  }));

      assertArrayEquals(bytes("one"), tree.get(KEY));
    }

    @Test
    void thatTheFunctionMadeAreNeitherKeptNorHandedOn() {
      byte[] made = bytes("made");

      byte[] returned = tree.update(KEY, before -> made);
      made[0] = 'X';
      assertArrayEquals(bytes("made"), returned);
      assertNotNull(returned);
      returned[1] = 'X';

      assertArrayEquals(bytes("made"), tree.get(KEY));
      assertArrayEquals(bytes("Xade"), made);
    }

    @Test
    void thatTheFunctionGotMayBeWhatItReturns() {
      tree.set(KEY, bytes("one"));

      tree.update(
          KEY,
          before -> {
            assertNotNull(before);
            before[0] = 'X';
            return before;
          });

      assertArrayEquals(bytes("Xne"), tree.get(KEY));
    }

    @Test
    void ofTheKeyMayChangeWhileTheFunctionRuns() {
      byte[] lent = KEY.clone();

      tree.update(
          lent,
          before -> {
            lent[0] = 'X';
            return bytes("value");
          });

      assertArrayEquals(bytes("value"), tree.get(KEY));
      assertEquals(1, tree.count(new byte[0]).records());
    }
  }

  @Nested
  class AFailure {
    @Test
    void ofTheFunctionReachesTheCallerAndChangesNothing() {
      tree.set(KEY, bytes("one"));
      Entry before = tree.getEntry(KEY);
      IllegalStateException own = new IllegalStateException("the function's own");

      IllegalStateException seen =
          assertThrows(
              IllegalStateException.class,
              () ->
                  tree.update(
                      KEY,
                      value -> {
                        throw own;
                      }));

      assertSame(own, seen);
      assertEquals(before, tree.getEntry(KEY));
    }

    @Test
    void ofAValueOverTheLimitChangesNothing() {
      tree.set(KEY, bytes("one"));
      byte[] tooLong = new byte[Limits.KEY_BYTES_MAX + 1];

      assertThrows(ValueTooLongException.class, () -> tree.update(KEY, before -> tooLong));

      assertArrayEquals(bytes("one"), tree.get(KEY));
    }

    @Test
    void ofTheKeyOrTheTreeComesBeforeTheFunctionIsCalled() {
      AtomicInteger calls = new AtomicInteger();
      UnaryOperator<byte @Nullable []> counting =
          before -> {
            calls.incrementAndGet();
            return before;
          };
      TreeConfig config = Stores.config(ground.resolve("store"));
      Tree.open(config).close();

      assertThrows(
          KeyTooLongException.class,
          () -> tree.update(new byte[Limits.KEY_BYTES_MAX + 1], counting));
      try (Tree readOnly = Tree.open(config.withAccess(Access.READ_ONLY))) {
        assertThrows(ReadOnlyException.class, () -> readOnly.update(KEY, counting));
      }
      tree.close();
      assertThrows(ClosedException.class, () -> tree.update(KEY, counting));

      assertEquals(0, calls.get());
    }

    @Test
    void ofATreeThatTheFunctionClosesIsSaid() {
      assertThrows(
          ClosedException.class,
          () ->
              tree.update(
                  KEY,
                  before -> {
                    tree.close();
                    return bytes("value");
                  }));
    }
  }

  @Nested
  class SomebodyElse {
    @Test
    void whoChangesTheRecordMeanwhileIsNotOverwritten() {
      for (String there : new String[] {"", "one "}) {
        for (boolean deletes : new boolean[] {false, true}) {
          prepare(there);
          AtomicInteger calls = new AtomicInteger();

          byte[] result =
              tree.update(
                  KEY,
                  before -> {
                    if (calls.getAndIncrement() == 0) {
                      interfere(deletes);
                    }
                    return appending("mine").apply(before);
                  });

          boolean untouched = deletes && there.isEmpty();
          assertEquals(untouched ? 1 : 2, calls.get());
          assertArrayEquals(bytes(deletes ? "mine" : "theirs mine"), result);
          assertArrayEquals(result, tree.get(KEY));
        }
      }
    }

    private void prepare(String there) {
      tree.delete(KEY);
      if (!there.isEmpty()) {
        tree.set(KEY, bytes(there));
      }
    }

    private void interfere(boolean deletes) {
      if (deletes) {
        tree.delete(KEY);
      } else {
        tree.set(KEY, bytes("theirs "));
      }
    }

    @Test
    void whoPutsTheSameValueBackCountsAsWell() {
      tree.set(KEY, bytes("one"));
      AtomicInteger calls = new AtomicInteger();

      tree.update(
          KEY,
          before -> {
            if (calls.getAndIncrement() == 0) {
              tree.set(KEY, bytes("two"));
              tree.set(KEY, bytes("one"));
            }
            return null;
          });

      assertEquals(2, calls.get());
      assertFalse(tree.contains(KEY));
    }

    @Test
    void whoUpdatesAtTheSameTimeLosesNothing() {
      try (Tree durable = Tree.open(Stores.config(ground.resolve("store")))) {
        int threads = 4;
        int rounds = 500;
        Watchdog watchdog = Watchdog.patientFor(PATIENCE);
        for (int thread = 0; thread < threads; thread++) {
          watchdog.start(
              "counter",
              () -> {
                for (int round = 0; round < rounds; round++) {
                  durable.update(KEY, before -> number(before == null ? 1 : number(before) + 1));
                }
              });
        }
        watchdog.start(
            "other",
            () -> {
              for (int round = 0; round < rounds; round++) {
                durable.set(Stores.key(round), Stores.value(round));
              }
            });
        watchdog.join();

        byte[] total = durable.get(KEY);
        assertNotNull(total);
        assertEquals((long) threads * rounds, number(total));
      }
    }

    private static long number(byte[] bytes) {
      return ByteBuffer.wrap(bytes).getLong();
    }

    private static byte[] number(long value) {
      return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }
  }

  @Nested
  class TheFunction {
    @Test
    void runsWithNothingHeldAndMayUseTheTree() {
      tree.set(bytes("other"), bytes("value"));

      byte[] result =
          tree.update(
              KEY,
              before -> {
                Watchdog.within(PATIENCE, () -> tree.set(bytes("other"), bytes("new value")));
                return tree.get(bytes("other"));
              });

      assertArrayEquals(bytes("new value"), result);
    }
  }
}
