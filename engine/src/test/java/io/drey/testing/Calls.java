package io.drey.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.drey.Cursor;
import io.drey.Existing;
import io.drey.Snapshot;
import io.drey.Tree;
import io.drey.Visit;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One valid call of every public method of a tree, by its signature. The calls work on keys that
 * begin with {@code "call/"} and succeed on any tree, in any order, any number of times.
 */
public final class Calls {
  /** A call of a public method; its result does not matter. */
  @FunctionalInterface
  public interface Call {
    /** Calls the method. */
    void on(Tree tree);
  }

  private static final byte[] KEY = bytes("call/key");
  private static final byte[] OTHER = bytes("call/other");
  private static final byte[] VALUE = bytes("value");
  private static final byte[] PREFIX = bytes("call/");

  private Calls() {}

  /** Returns the calls that read or write, by signature. */
  public static Map<String, Call> all() {
    Map<String, Call> calls = new LinkedHashMap<>();
    calls.put("get(byte[])", tree -> tree.get(KEY));
    calls.put(
        "get(byte[],MemorySegment)", tree -> tree.get(KEY, MemorySegment.ofArray(new byte[9])));
    calls.put("getAll(byte[][])", tree -> tree.getAll(KEY, OTHER, PREFIX));
    calls.put("longestPrefix(byte[])", tree -> tree.longestPrefix(OTHER));
    calls.put("getEntry(byte[])", tree -> tree.getEntry(KEY));
    calls.put("contains(byte[])", tree -> tree.contains(KEY));
    calls.put("put(byte[],byte[])", tree -> tree.put(KEY, VALUE));
    calls.put("set(byte[],byte[])", tree -> tree.set(KEY, VALUE));
    calls.put("putIfAbsent(byte[],byte[])", tree -> tree.putIfAbsent(OTHER, VALUE));
    calls.put("replace(byte[],long,byte[])", tree -> tree.replace(KEY, 1, VALUE));
    calls.put("delete(byte[])", tree -> tree.delete(OTHER));
    calls.put("delete(byte[],long)", tree -> tree.delete(KEY, 1));
    calls.put("update(byte[],UnaryOperator)", tree -> tree.update(OTHER, before -> KEY));
    calls.put("rename(byte[],byte[],Existing)", Calls::rename);
    calls.put("isPrefixEmpty(byte[])", tree -> tree.isPrefixEmpty(PREFIX));
    calls.put("count(byte[])", tree -> tree.count(PREFIX));
    calls.put("atomic(Consumer)", Calls::atomic);
    calls.put("scan()", tree -> tree.scan().limit(200).visit((b, k, l, v, n, x) -> Visit.CONTINUE));
    calls.put("scan(byte[])", Calls::cursor);
    calls.put("snapshot()", Calls::snapshot);
    calls.put("checkpoint()", Tree::checkpoint);
    calls.put("compact()", Tree::compact);
    calls.put("check()", Tree::check);
    calls.put("stats()", Tree::stats);
    return calls;
  }

  /** Returns the signatures of all public methods but {@code close} and {@code config}. */
  public static SortedSet<String> signatures() {
    SortedSet<String> signatures = new TreeSet<>();
    for (Method method : Tree.class.getDeclaredMethods()) {
      boolean callable =
          Modifier.isPublic(method.getModifiers())
              && !Modifier.isStatic(method.getModifiers())
              && !method.isSynthetic();
      if (callable && !method.getName().equals("close") && !method.getName().equals("config")) {
        signatures.add(
            Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(",", method.getName() + "(", ")")));
      }
    }
    return signatures;
  }

  private static void rename(Tree tree) {
    tree.set(KEY, VALUE);
    tree.rename(KEY, OTHER, Existing.REPLACE);
  }

  private static void atomic(Tree tree) {
    tree.atomic(batch -> batch.put(KEY, VALUE).delete(OTHER).requireAbsent(bytes("call/none")));
  }

  private static void snapshot(Tree tree) {
    try (Snapshot snapshot = tree.snapshot()) {
      snapshot.get(KEY);
    }
  }

  private static void cursor(Tree tree) {
    try (Cursor cursor = tree.scan(PREFIX).delimiter((byte) '/').cursor()) {
      cursor.forEachRemaining(entry -> {});
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
