package io.drey;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.drey.testing.Limits;
import io.drey.testing.MemoryBlobStore;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** Records of which some dozen fill a frame, and trees with the smallest pool to keep them in. */
final class BlobRecords {
  /** So many records need about twice the frames of the smallest pool. */
  static final int MANY = 1_000;

  private static final int VALUE_BYTES = Limits.FRAME_BYTES / 16;

  private BlobRecords() {}

  static TreeConfig config() {
    return TreeConfig.memory().withPoolBytes(TreeConfig.minimumPoolBytes());
  }

  static Tree open(BlobStore store) {
    return Tree.open(config(), store);
  }

  static Tree readOnly(BlobStore store) {
    return Tree.open(config().withAccess(Access.READ_ONLY), store);
  }

  static byte[] key(int number) {
    return "/bucket-%02d/object-%05d".formatted(number % 7, number).getBytes(ISO_8859_1);
  }

  static byte[] value(int number, int generation) {
    byte[] value = new byte[Math.min(VALUE_BYTES, Limits.KEY_BYTES_MAX)];
    Arrays.fill(value, (byte) (number + generation));
    byte[] name = "%d of generation %d".formatted(number, generation).getBytes(ISO_8859_1);
    System.arraycopy(name, 0, value, 0, name.length);
    return value;
  }

  /** Gives the records from {@code from} to before {@code to} the values of a generation. */
  static void fill(Tree tree, int from, int to, int generation) {
    for (int number = from; number < to; number++) {
      tree.set(key(number), value(number, generation));
    }
  }

  /** Fails unless the tree is sound and holds exactly these records of this generation. */
  static void verify(Tree tree, int to, int generation) {
    TreeMap<byte[], byte[]> expected = new TreeMap<>(Arrays::compareUnsigned);
    for (int number = 0; number < to; number++) {
      expected.put(key(number), value(number, generation));
    }
    verify(tree, expected);
  }

  /** Fails unless the tree is sound and holds exactly these records. */
  static void verify(Tree tree, TreeMap<byte[], byte[]> expected) {
    TreeMap<byte[], byte[]> found = new TreeMap<>(Arrays::compareUnsigned);
    for (RangeEntry entry : tree.scan()) {
      if (entry instanceof RangeEntry.Key record) {
        found.put(record.key(), record.value());
      }
    }
    if (found.size() != expected.size()) {
      throw new AssertionError(expected.size() + " records expected, there are " + found.size());
    }
    expected.forEach((key, value) -> {
      if (!Arrays.equals(value, found.get(key))) {
        throw new AssertionError("another value of " + new String(key, ISO_8859_1));
      }
    });
    if (!tree.check().equals(List.of())) {
      throw new AssertionError("violations: " + tree.check());
    }
  }

  /** Fails unless the store of a tree that was just checkpointed holds its blobs and no more. */
  static void verifyNothingLeaks(Tree tree, MemoryBlobStore store) {
    int blobs = tree.stats().blobs().size();
    if (store.ids().size() != blobs) {
      throw new AssertionError(blobs + " blobs in " + store.ids().size() + " frames");
    }
  }
}
