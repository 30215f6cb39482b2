package io.drey.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.drey.CheckpointPolicy;
import io.drey.Durability;
import io.drey.RangeEntry;
import io.drey.Storage;
import io.drey.Tree;
import io.drey.TreeConfig;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Configurations and contents that several tests share. */
public final class Stores {
  private Stores() {}

  /** {@code -Dio.drey.storage=mapped} runs the tests that open stores here over mapped files. */
  private static final boolean MAPPED = "mapped".equals(System.getProperty("io.drey.storage"));

  /** A store with the smallest pool, a journal, and checkpoints on request alone. */
  public static TreeConfig config(Path directory) {
    return TreeConfig.at(directory)
        .withStorage(MAPPED ? new Storage.Mapped(directory) : new Storage.Direct(directory))
        .withDurability(Durability.OS)
        .withCheckpoint(CheckpointPolicy.onRequest())
        .withPoolBytes(TreeConfig.minimumPoolBytes());
  }

  /** Whether {@link #config} gives a store that keeps no image in memory that it can read again. */
  public static boolean evicts() {
    return !MAPPED;
  }

  /** A tree in memory with the smallest pool. */
  public static TreeConfig memory() {
    return TreeConfig.memory().withPoolBytes(TreeConfig.minimumPoolBytes());
  }

  /** Returns the key of record {@code number}: ascending with it. */
  public static byte[] key(int number) {
    return "/data/set-%03d/record-%07d".formatted(number / 100, number).getBytes(ISO_8859_1);
  }

  /** Returns the value of record {@code number}: some dozen bytes. */
  public static byte[] value(int number) {
    return "value of %d, %s".formatted(number, "x".repeat(number % 50)).getBytes(ISO_8859_1);
  }

  /** Stores the records from {@code from} to before {@code to}. */
  public static void fill(Tree tree, int from, int to) {
    for (int number = from; number < to; number++) {
      tree.set(key(number), value(number));
    }
  }

  /** Returns all records of a tree. */
  public static NavigableMap<byte[], byte[]> contents(Tree tree) {
    NavigableMap<byte[], byte[]> contents = new TreeMap<>(Arrays::compareUnsigned);
    for (RangeEntry entry : tree.scan()) {
      if (entry instanceof RangeEntry.Key record) {
        contents.put(record.key(), record.value());
      }
    }
    return contents;
  }

  /** Fails unless the tree is sound and holds exactly the records from 0 to before {@code to}. */
  public static void verify(Tree tree, int to) {
    verifyContents(tree, to);
    if (!tree.check().isEmpty()) {
      throw new AssertionError("violations: " + tree.check());
    }
  }

  /** Fails unless the tree holds exactly the records from 0 to before {@code to}. */
  public static void verifyContents(Tree tree, int to) {
    NavigableMap<byte[], byte[]> contents = contents(tree);
    if (contents.size() != to) {
      throw new AssertionError("expected " + to + " records, there are " + contents.size());
    }
    for (int number = 0; number < to; number++) {
      if (!Arrays.equals(value(number), contents.get(key(number)))) {
        throw new AssertionError("record " + number + " is not what was stored");
      }
    }
  }
}
