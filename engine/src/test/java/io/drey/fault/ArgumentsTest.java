package io.drey.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.Batch;
import io.drey.BatchTooLargeException;
import io.drey.Existing;
import io.drey.KeyExistsException;
import io.drey.KeyNotFoundException;
import io.drey.KeyTooLongException;
import io.drey.PrefixCount;
import io.drey.Scan;
import io.drey.Tree;
import io.drey.TreeConfig;
import io.drey.ValueTooLongException;
import io.drey.Visit;
import io.drey.testing.Calls;
import io.drey.testing.Limits;
import io.drey.testing.Stores;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Wrong arguments: refused with the error that names them, and nothing has changed. */
@Tag("both-sizes")
class ArgumentsTest {
  private static final int RECORDS = 50;
  private static final byte[] LONGEST = new byte[Limits.KEY_BYTES_MAX];
  private static final byte[] TOO_LONG = new byte[Limits.KEY_BYTES_MAX + 1];
  private static final byte[] VALUE = {1};

  private Tree tree;

  ArgumentsTest() {
    tree = Tree.open(Stores.memory());
  }

  @BeforeEach
  void fill() {
    Stores.fill(tree, 0, RECORDS);
  }

  @AfterEach
  void nothingHasChanged() {
    Stores.verify(tree, RECORDS);
    tree.close();
  }

  @Test
  void theTableOfCallsNamesEveryPublicMethod() {
    assertEquals(Calls.signatures(), new java.util.TreeSet<>(Calls.all().keySet()));
  }

  @Nested
  class Null {
    @TestFactory
    List<DynamicTest> isRefusedByTheTree() {
      return refusals(Tree.class, "", (method, arguments) -> method.invoke(tree, arguments));
    }

    @TestFactory
    List<DynamicTest> isRefusedByScans() {
      return refusals(
          Scan.class, "Scan.", (method, arguments) -> method.invoke(tree.scan(), arguments));
    }

    @TestFactory
    List<DynamicTest> isRefusedByBatches() {
      return refusals(
          Batch.class,
          "Batch.",
          (method, arguments) ->
              tree.atomic(batch -> {
                batch.put(Stores.key(0), VALUE);
                try {
                  method.invoke(batch, arguments);
                } catch (IllegalAccessException e) {
                  throw new AssertionError(e);
                } catch (InvocationTargetException e) {
                  throw assertInstanceOf(RuntimeException.class, e.getCause());
                }
              }));
    }

    @Test
    void isRefusedAmongSeveralKeysBeforeAnyIsRead() {
      long read = tree.stats().cacheHits();
      for (int place = 0; place < 40; place++) {
        byte[][] keys = new byte[40][];
        Arrays.setAll(keys, Stores::key);
        Arrays.fill(keys, place, place + 1, null);
        assertThrows(NullPointerException.class, () -> tree.getAll(keys));
      }
      assertEquals(read, tree.stats().cacheHits());
    }

    @Test
    void isRefusedByOpen() {
      assertThrows(NullPointerException.class, () -> invokeOpen(null));
    }

    private void invokeOpen(@Nullable TreeConfig config) throws Throwable {
      Method open = Tree.class.getMethod("open", TreeConfig.class);
      try {
        open.invoke(null, config);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
  }

  @Nested
  class AKeyOverTheLimit {
    @Test
    void isAbsentForReads() {
      assertNull(tree.get(TOO_LONG));
      assertNull(tree.getEntry(TOO_LONG));
      assertEquals(-1, tree.get(TOO_LONG, MemorySegment.NULL));
      assertArrayEquals(new byte[][] {null, Stores.value(1)}, tree.getAll(TOO_LONG, Stores.key(1)));
      assertFalse(tree.contains(TOO_LONG));
      assertTrue(tree.isPrefixEmpty(TOO_LONG));
      assertEquals(new PrefixCount(0, 0), tree.count(TOO_LONG));
      assertEquals(0, tree.scan(TOO_LONG).visit((b, k, l, v, n, x) -> Visit.CONTINUE));
      assertEquals(0, tree.scan(Stores.key(3)).startAfter(TOO_LONG).limit(0).stream().count());
      assertEquals(0, tree.scan().reverse().startAfter(TOO_LONG).stream().count());
    }

    @Test
    void isAQueryLikeAnyOtherForTheLongestPrefix() {
      assertNull(tree.longestPrefix(TOO_LONG));
      byte[] query = Arrays.copyOf(Stores.key(1), TOO_LONG.length);
      assertEquals(tree.getEntry(Stores.key(1)), tree.longestPrefix(query));
    }

    @Test
    void isRefusedByWritesWithItsLengthAndTheLimit() {
      List<Consumer<byte[]>> writes =
          List.of(
              key -> tree.put(key, VALUE),
              key -> tree.set(key, VALUE),
              key -> tree.putIfAbsent(key, VALUE),
              key -> tree.replace(key, 1, VALUE),
              key -> tree.delete(key),
              key -> tree.delete(key, 1),
              key -> tree.update(key, before -> before),
              key -> tree.rename(Stores.key(0), key, Existing.REPLACE),
              key -> tree.rename(key, Stores.key(0), Existing.REPLACE),
              key -> tree.atomic(b -> b.put(Stores.key(0), VALUE).put(key, VALUE)),
              key -> tree.atomic(b -> b.put(Stores.key(0), VALUE).putIfAbsent(key, VALUE)),
              key -> tree.atomic(b -> b.put(Stores.key(0), VALUE).replace(key, 1, VALUE)),
              key ->
                  tree.atomic(b ->
                      b.put(Stores.key(0), VALUE).rename(Stores.key(1), key, Existing.REPLACE)));
      for (Consumer<byte[]> write : writes) {
        KeyTooLongException refusal =
            assertThrows(KeyTooLongException.class, () -> write.accept(TOO_LONG));
        assertEquals(TOO_LONG.length, refusal.length());
        assertEquals(Limits.KEY_BYTES_MAX, refusal.limit());
        assertTrue(refusal.getMessage().contains(String.valueOf(Limits.KEY_BYTES_MAX)));
      }
    }

    @Test
    void beginsOneByteAboveTheLongest() {
      assertDoesNotThrow(() -> tree.set(LONGEST, LONGEST));
      assertTrue(tree.contains(LONGEST));
      assertEquals(Limits.KEY_BYTES_MAX, tree.delete(LONGEST).length);
    }
  }

  @Nested
  class AValueOverTheLimit {
    @Test
    void isRefusedWithItsLengthAndTheLimit() {
      byte[] key = Stores.key(0);
      List<Consumer<byte[]>> writes =
          List.of(
              value -> tree.put(key, value),
              value -> tree.set(key, value),
              value -> tree.putIfAbsent(key, value),
              value -> tree.replace(key, 1, value),
              value -> tree.update(key, before -> value),
              value -> tree.atomic(b -> b.delete(key).put(key, value)),
              value -> tree.atomic(b -> b.delete(key).putIfAbsent(key, value)),
              value -> tree.atomic(b -> b.delete(key).replace(key, 1, value)));
      for (Consumer<byte[]> write : writes) {
        ValueTooLongException refusal =
            assertThrows(ValueTooLongException.class, () -> write.accept(TOO_LONG));
        assertEquals(TOO_LONG.length, refusal.length());
        assertEquals(Limits.KEY_BYTES_MAX, refusal.limit());
      }
    }
  }

  @Nested
  class ABatch {
    @Test
    void overTheSizeOfARecordIsRefusedWhole() {
      int steps = (17 << 20) / Limits.KEY_BYTES_MAX;
      BatchTooLargeException refusal =
          assertThrows(
              BatchTooLargeException.class,
              () ->
                  tree.atomic(batch -> {
                    for (int i = 0; i < steps; i++) {
                      batch.put(Stores.key(i), LONGEST);
                    }
                  }));
      assertTrue(refusal.bytes() > refusal.limit());
    }

    @Test
    void seesARecordOfTheLongestKeyGoBeforeItsPrefixIsRequiredEmpty() {
      byte[] prefix = new byte[1];
      tree.set(LONGEST, VALUE);
      assertFalse(tree.atomic(batch -> batch.requireEmptyPrefix(prefix)));
      assertTrue(tree.atomic(batch -> batch.delete(LONGEST).requireEmptyPrefix(prefix)));
    }

    @Test
    void thatThrowsWhileItIsBuiltChangesNothing() {
      IllegalStateException thrown =
          assertThrows(
              IllegalStateException.class,
              () ->
                  tree.atomic(batch -> {
                    batch.delete(Stores.key(1)).put(Stores.key(2), VALUE);
                    throw new IllegalStateException("from the caller");
                  }));
      assertEquals("from the caller", thrown.getMessage());
    }

    @Test
    void isOverWhenItsFunctionReturns() {
      List<Batch> kept = new ArrayList<>();
      assertTrue(tree.atomic(kept::add));
      assertThrows(IllegalStateException.class, () -> kept.getFirst().put(Stores.key(1), VALUE));
    }

    @Test
    void whoseRenameFailsNamesTheKeyAndChangesNothing() {
      KeyNotFoundException missing =
          assertThrows(
              KeyNotFoundException.class,
              () ->
                  tree.atomic(
                      b -> b.delete(Stores.key(1)).rename(Stores.key(1), VALUE, Existing.KEEP)));
      assertTrue(Arrays.equals(Stores.key(1), missing.key()));
      KeyExistsException taken =
          assertThrows(
              KeyExistsException.class,
              () ->
                  tree.atomic(
                      b -> b.put(VALUE, VALUE).rename(VALUE, Stores.key(2), Existing.KEEP)));
      assertTrue(Arrays.equals(Stores.key(2), taken.key()));
    }
  }

  @Nested
  class ANegativeLimit {
    @Test
    void isRefused() {
      LongConsumer limit = entries -> tree.scan().limit(entries);
      assertThrows(IllegalArgumentException.class, () -> limit.accept(-1));
      assertThrows(IllegalArgumentException.class, () -> limit.accept(Long.MIN_VALUE));
    }
  }

  private interface Invocation {
    void run(Method method, @Nullable Object[] arguments)
        throws IllegalAccessException, InvocationTargetException;
  }

  /** One test for each reference parameter of each public method of a type. */
  private static List<DynamicTest> refusals(Class<?> type, String label, Invocation invocation) {
    List<DynamicTest> tests = new ArrayList<>();
    for (Method method : type.getDeclaredMethods()) {
      boolean callable =
          Modifier.isPublic(method.getModifiers())
              && !Modifier.isStatic(method.getModifiers())
              && !method.isSynthetic();
      Class<?>[] parameters = method.getParameterTypes();
      for (int place = 0; callable && place < parameters.length; place++) {
        if (!parameters[place].isPrimitive()) {
          int empty = place;
          tests.add(
              DynamicTest.dynamicTest(
                  "%s%s, parameter %d".formatted(label, method.getName(), place),
                  () -> assertRefused(method, parameters, empty, invocation)));
        }
      }
    }
    assertFalse(tests.isEmpty());
    return tests;
  }

  private static void assertRefused(
      Method method, Class<?>[] parameters, int empty, Invocation invocation) throws Exception {
    @Nullable Object[] arguments = new @Nullable Object[parameters.length];
    for (int i = 0; i < parameters.length; i++) {
      arguments[i] = i == empty ? null : valid(parameters[i]);
    }
    try {
      invocation.run(method, arguments);
    } catch (InvocationTargetException e) {
      assertInstanceOf(NullPointerException.class, e.getCause());
      return;
    } catch (NullPointerException e) {
      return;
    }
    throw new AssertionError(method + " accepted null");
  }

  private static Object valid(Class<?> type) {
    if (type == byte[].class) {
      return Stores.key(0);
    } else if (type == long.class) {
      return 1L;
    } else if (type == Existing.class) {
      return Existing.REPLACE;
    } else if (type == byte[][].class) {
      return new byte[][] {Stores.key(0)};
    } else if (type == MemorySegment.class) {
      return MemorySegment.ofArray(new byte[100]);
    } else if (type == UnaryOperator.class) {
      return UnaryOperator.identity();
    }
    throw new AssertionError("no valid argument known for " + type);
  }
}
