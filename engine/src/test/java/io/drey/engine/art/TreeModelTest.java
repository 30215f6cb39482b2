package io.drey.engine.art;

import io.drey.engine.layout.FrameSize;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is put and deleted, the tree holds what a sorted map holds, and is sound. */
@Tag("both-sizes")
class TreeModelTest {
  /** Where keys come from. */
  enum Keys {
    /** Up to 6 bytes of a small alphabet with zero: prefixes of each other all the time. */
    NESTED {
      @Override
      byte[] next(Random random) {
        byte[] key = new byte[random.nextInt(7)];
        for (int i = 0; i < key.length; i++) {
          key[i] = (byte) (random.nextInt(4) * 85);
        }
        return key;
      }
    },
    /** Paths. */
    PATHS {
      @Override
      byte[] next(Random random) {
        return "/usr/share/%c/dir-%03d/file-%05d.%s"
            .formatted(
                'a' + random.nextInt(9),
                random.nextInt(40),
                random.nextInt(60),
                random.nextInt(4) == 0 ? "tmp" : "txt")
            .getBytes(StandardCharsets.UTF_8);
      }
    },
    /** Nothing in common. */
    RANDOM {
      @Override
      byte[] next(Random random) {
        byte[] key = new byte[1 + random.nextInt(3)];
        random.nextBytes(key);
        return key;
      }
    },
    /** As long as keys may be, with a few branching points. */
    LONG {
      @Override
      byte[] next(Random random) {
        byte[] key = new byte[random.nextInt(1024)];
        for (int i = 0; i < 3 && key.length > 0; i++) {
          key[random.nextInt(key.length)] = (byte) random.nextInt(3);
        }
        return key;
      }
    },
    /** Each a prefix of the next: chains as deep as keys are long. */
    CHAINS {
      @Override
      byte[] next(Random random) {
        byte[] key = new byte[random.nextInt(900)];
        if (key.length > 5) {
          key[key.length / 2 / 100 * 100] = (byte) random.nextInt(2);
        }
        return key;
      }
    };

    abstract byte[] next(Random random);
  }

  /** How values are chosen. */
  private static byte[] value(Random random) {
    int limit =
        switch (random.nextInt(12)) {
          case 0 -> 0;
          case 1 -> 1023;
          case 2 -> 300;
          default -> 40;
        };
    byte[] value = new byte[limit == 0 ? 0 : random.nextInt(limit + 1)];
    random.nextBytes(value);
    return value;
  }

  /** The key, cut or not, and a few bytes more or none. */
  private static byte[] longer(byte[] key, Random random) {
    int kept = random.nextInt(4) == 0 ? random.nextInt(key.length + 1) : key.length;
    byte[] longer = Arrays.copyOf(key, kept + random.nextInt(3));
    for (int i = kept; i < longer.length; i++) {
      longer[i] = (byte) (random.nextInt(4) * 85);
    }
    return longer;
  }

  @ParameterizedTest
  @EnumSource(Keys.class)
  void holdsWhatTheModelHolds(Keys keys) {
    long seed = Long.getLong("seed", 42);
    int operations = Integer.getInteger("operations", FrameSize.BYTES > 8192 ? 18_000 : 9_000);
    int every = operations / 12;
    System.out.println(keys + ": seed " + seed);
    Random random = new Random(seed);
    TreeCompactor compactor = null;
    try (TestTree tree = new TestTree()) {
      for (int i = 0; i < operations; i++) {
        // Phases of growing and of shrinking.
        boolean grows = i / (operations / 5) % 3 != 2;
        byte[] key = keys.next(random);
        if (random.nextInt(10) < (grows ? 9 : 1)) {
          tree.put(key, value(random));
        } else {
          byte[] ceiling = tree.model.ceilingKey(key);
          tree.delete(ceiling == null || random.nextInt(8) == 0 ? key : ceiling);
        }
        tree.assertAbsentOrEqual(keys.next(random));
        if (random.nextInt(10) == 0) {
          byte[][] several = new byte[random.nextInt(2 * GroupLookup.KEYS_MAX)][];
          for (int k = 0; k < several.length; k++) {
            byte[] ceiling = tree.model.ceilingKey(keys.next(random));
            several[k] = ceiling == null || random.nextInt(8) == 0 ? keys.next(random) : ceiling;
          }
          tree.assertGroupAgrees(several);
          tree.assertLongestPrefix(longer(several.length == 0 ? key : several[0], random));
        }
        if (random.nextInt(5) == 0) {
          tree.frames.nextEpoch();
        }
        if (random.nextInt(40) == 0) {
          byte[] prefix = keys.next(random);
          tree.assertCounts(Arrays.copyOf(prefix, random.nextInt(prefix.length + 1)));
        }
        if (random.nextInt(5) == 0) {
          List<Long> blobs = tree.frames.blobs();
          tree.frames.evict(blobs.get(random.nextInt(blobs.size())));
        }
        if (compactor != null && stepAndFinish(compactor, tree)) {
          compactor = null;
        } else if (compactor == null && random.nextInt(200) == 0) {
          compactor = new TreeCompactor();
        }
        if (i % every == 0) {
          tree.assertEqualsModel();
        }
      }
      tree.assertEqualsModel();
      tree.frames.nextEpoch();
      tree.compact();
      tree.assertEqualsModel();
      for (byte[] key : tree.model.keySet().toArray(byte[][]::new)) {
        tree.delete(key);
      }
      tree.assertEqualsModel();
    }
  }

  /** One step of a compaction that goes on while the tree changes. */
  private static boolean stepAndFinish(TreeCompactor compactor, TestTree tree) {
    long step = compactor.step(tree.frames);
    if (step >= 0) {
      tree.frames.load(step);
    }
    return step == TreeCompactor.DONE;
  }
}
