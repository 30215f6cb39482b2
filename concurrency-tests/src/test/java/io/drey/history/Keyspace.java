package io.drey.history;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The keys that a run may touch, numbered in key order, so that the keys below a prefix have
 * neighbouring numbers.
 *
 * <p>Each worker has a witness key of its own, which nobody else changes. A batch that ends with it
 * tells, by the version that the witness has afterwards, the versions of all its steps.
 */
final class Keyspace {
  static final byte DELIMITER = '/';
  static final int SMALL_SPAN_MAX = 100;
  private static final String WITNESSES = "~/";

  private final byte[][] keys;
  private final int witnesses;

  private Keyspace(Collection<byte[]> all, int witnesses) {
    TreeSet<byte[]> sorted = new TreeSet<>(Arrays::compareUnsigned);
    sorted.addAll(all);
    for (int i = 0; i < witnesses; i++) {
      sorted.add(bytes(WITNESSES + (char) ('A' + i)));
    }
    keys = sorted.toArray(byte[][]::new);
    this.witnesses = witnesses;
  }

  /** These keys, and so many witness keys behind them; no key is greater than a witness. */
  static Keyspace of(List<String> keys, int witnesses) {
    return new Keyspace(keys.stream().map(Keyspace::bytes).toList(), witnesses);
  }

  /** Directories of directories of files, the directories being records as well. */
  static Keyspace directories(int outer, int inner, int files, int witnesses) {
    Stream<String> all =
        IntStream.range(0, outer)
            .boxed()
            .flatMap(o -> {
              String directory = "home-%03d".formatted(o);
              return Stream.concat(
                  Stream.of(directory),
                  IntStream.range(0, inner)
                      .boxed()
                      .flatMap(i -> {
                        String path = directory + "/" + "in".repeat(i % 3 + 1) + i;
                        return Stream.concat(
                            Stream.of(path),
                            IntStream.range(0, files).mapToObj(f -> path + "/file-" + 37 * f));
                      }));
            });
    return of(all.toList(), witnesses);
  }

  private static byte[] bytes(String key) {
    return key.getBytes(StandardCharsets.ISO_8859_1);
  }

  int size() {
    return keys.length;
  }

  /** How many keys are there to choose from: witnesses, which come last, are not. */
  int choices() {
    return keys.length - witnesses;
  }

  int witness(int thread) {
    return choices() + thread;
  }

  /** The bytes of a key; not to be changed. */
  byte[] key(int number) {
    return keys[number];
  }

  String text(int number) {
    return '"' + new String(keys[number], StandardCharsets.ISO_8859_1).replace("\0", "\\0") + '"';
  }

  /** The key's number, or a negative one if it does not belong here. */
  int number(byte[] key) {
    return Arrays.binarySearch(keys, key, Arrays::compareUnsigned);
  }

  Span all() {
    return new Span(0, keys.length);
  }

  /** The keys that begin with {@code prefix}. */
  Span below(byte[] prefix) {
    int from = atOrAfter(prefix);
    int to = from;
    while (to < keys.length && startsWith(keys[to], prefix)) {
      to++;
    }
    return new Span(from, to);
  }

  /** The number of the first key that is not smaller than {@code bytes}. */
  int atOrAfter(byte[] bytes) {
    int at = number(bytes);
    return at < 0 ? -at - 1 : at;
  }

  /** A prefix below which there are not too many keys to look at each. */
  byte[] smallPrefix(Choice choice) {
    byte[] prefix = directory(choice.key(), choice.bits(0, 3));
    return below(prefix).size() <= SMALL_SPAN_MAX ? prefix : keys[choice.key()];
  }

  static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  /** What a key begins with, up to and with the {@code nth} delimiter, or as many as it has. */
  byte[] directory(int number, int nth) {
    byte[] key = keys[number];
    int end = 0;
    for (int i = 0, met = 0; i < key.length && met < nth; i++) {
      if (key[i] == DELIMITER) {
        end = i + 1;
        met++;
      }
    }
    return Arrays.copyOf(key, end);
  }
}
