package io.drey.engine.art;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.engine.layout.FrameSize;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The longest keys, the greatest values, the widest nodes and the deepest paths find room. */
@Tag("both-sizes")
class TreeLimitsTest {
  private static final int MAX_KEY = FrameSize.MAX_KEY_BYTES;
  private static final int MAX_VALUE = FrameSize.MAX_VALUE_BYTES;

  @Nested
  class NodesOfManySmallChildren {
    @ParameterizedTest
    @ValueSource(ints = {1, 8, 9, 16, 24, 31, 32, 33, 47, 48, 49})
    void areMovedOutInRuns(int valueBytes) {
      for (int order = 0; order < 3; order++) {
        try (TestTree tree = new TestTree()) {
          for (int i = 0; i < 1024; i++) {
            int number = order == 0 ? i : order == 1 ? 1023 - i : i * 389 & 1023;
            tree.put(new byte[] {(byte) (number >>> 8), (byte) number}, new byte[valueBytes]);
          }
          tree.assertEqualsModel();
          int blobs = tree.frames.blobCount();
          int frameFulls = 1024 * (24 + valueBytes) / FrameSize.BYTES;
          assertTrue(blobs <= 4 * frameFulls + 6, "blobs: " + blobs);
        }
      }
    }
  }

  @Nested
  class NodesWithTheLongestPrefixes {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void takeChildrenOfEveryByteAndTheGreatestValues(long seed) {
      Random random = new Random(seed);
      int operations = FrameSize.BYTES > 8192 ? 700 : 2_500;
      int[] branches = {0, 1, MAX_KEY / 2, MAX_KEY - 3, MAX_KEY - 2, MAX_KEY - 1};
      try (TestTree tree = new TestTree()) {
        for (int i = 0; i < operations; i++) {
          byte[] key = branch(random, branches);
          if (random.nextInt(10) < (i % 500 < 400 ? 9 : 2)) {
            tree.put(key, value(random));
          } else {
            byte[] other = tree.model.floorKey(key);
            tree.delete(other == null ? key : other);
          }
          if (random.nextInt(4) == 0) {
            tree.frames.nextEpoch();
          }
          if (i % 50 == 0) {
            tree.assertSound();
          }
        }
        tree.assertEqualsModel();
        tree.compact();
        tree.assertEqualsModel();
      }
    }

    /** Zeros, but for one byte; ends with it, a few bytes behind it, or anywhere. */
    private byte[] branch(Random random, int[] branches) {
      int at = branches[random.nextInt(branches.length)];
      int length =
          switch (random.nextInt(4)) {
            case 0 -> at;
            case 1 -> at + 1;
            case 2 -> Math.min(MAX_KEY, at + 1 + random.nextInt(3));
            default -> at + 1 + random.nextInt(MAX_KEY - at);
          };
      byte[] key = new byte[length];
      if (at < length) {
        key[at] = (byte) random.nextInt(256);
      }
      return key;
    }

    private byte[] value(Random random) {
      byte[] value =
          new byte
              [switch (random.nextInt(5)) {
                case 0 -> MAX_VALUE;
                case 1 -> MAX_VALUE - 8;
                case 2 -> random.nextInt(MAX_VALUE);
                default -> random.nextInt(20);
              }];
      random.nextBytes(value);
      return value;
    }
  }

  @Nested
  class AValueThatGrowsAndShrinks {
    @Test
    void findsRoomBesideTwoHundredAndFiftySixChildrenInOtherBlobs() {
      byte[] prefix = new byte[MAX_KEY - 1];
      try (TestTree tree = new TestTree()) {
        for (int child = 0; child < 256; child++) {
          byte[] key = Arrays.copyOf(prefix, MAX_KEY);
          key[MAX_KEY - 1] = (byte) child;
          tree.put(key, new byte[MAX_VALUE]);
        }
        for (int length = 0; length <= MAX_VALUE; length += Math.max(1, MAX_VALUE / 300)) {
          tree.put(prefix, new byte[length]);
          tree.put(prefix, new byte[MAX_VALUE - length]);
        }
        byte[] shorter = new byte[MAX_KEY / 2];
        tree.put(shorter, new byte[MAX_VALUE]);
        tree.put(Arrays.copyOf(shorter, MAX_KEY / 4), new byte[MAX_VALUE]);
        tree.assertEqualsModel();
      }
    }
  }

  @Nested
  class KeysThatArePrefixesOfEachOther {
    @Test
    void makePathsOfThousandsOfNodes() {
      int depth = Math.min(20_000, MAX_KEY);
      byte[] longest = new byte[depth];
      byte[] value = {7};
      try (TestTree tree = new TestTree()) {
        for (int length = 0; length <= depth; length++) {
          put(tree, Arrays.copyOf(longest, length), value);
        }
        assertEquals(List.of(), tree.violations());
        for (int length = 0; length <= depth; length += 97) {
          assertArrayEquals(value, tree.get(Arrays.copyOf(longest, length)));
        }
        for (int length = 1; length <= depth; length += 2) {
          delete(tree, Arrays.copyOf(longest, length));
        }
        assertEquals(List.of(), tree.violations());
        tree.compact();
        assertEquals(List.of(), tree.violations());
        for (int length = depth / 2 * 2; length >= 0; length -= 2) {
          delete(tree, Arrays.copyOf(longest, length));
        }
        assertNull(tree.get(new byte[0]));
        assertEquals(1, tree.frames.blobCount());
        assertEquals(List.of(), tree.violations());
      }
    }

    // Past the model: comparing thousands of long keys with each other takes too long.
    private void put(TestTree tree, byte[] key, byte[] value) {
      byte[] physical = TestTree.physical(key);
      tree.descent.walk(tree.frames, physical);
      Inserter.put(tree.frames, tree.descent, physical, value, 1);
    }

    private void delete(TestTree tree, byte[] key) {
      byte[] physical = TestTree.physical(key);
      assertEquals(Descent.Outcome.FOUND, tree.descent.walk(tree.frames, physical));
      Remover.delete(tree.frames, tree.descent, physical);
    }
  }
}
