package io.drey;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.engine.pool.Residency;
import io.drey.testing.Stores;
import io.drey.testing.Watchdog;
import io.drey.vfs.Vfs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The memory of a stored tree, whatever is done to it by how many threads. */
@Tag("both-sizes")
final class PoolLimitTest {
  private static final boolean SMALL_FRAMES = Limits.FRAME_BYTES <= 8192;
  private static final int THREADS = 8;
  private static final int KEYS = SMALL_FRAMES ? 16_000 : 28_000;
  private static final int VALUE_BYTES = SMALL_FRAMES ? 100 : 2_700;
  private static final int STEPS = 4_000;
  private static final long SEED = 0x5EED_0008;
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final TreeConfig config = Stores.config(Path.of("/store"));

  private static byte[] key(int number) {
    return "/part-%02d/some/directory-%03d/file-%06d"
        .formatted(number % 7, number / 64, number)
        .getBytes(ISO_8859_1);
  }

  private static byte[] value(int number, int round) {
    byte[] value = new byte[VALUE_BYTES];
    Arrays.fill(value, (byte) (number * 31 + round));
    return value;
  }

  private static void assertWithin(Tree tree) {
    TreeStats stats = tree.stats();
    assertTrue(
        stats.poolBytesUsed() <= stats.poolBytesLimit(),
        stats.poolBytesUsed() + " of " + stats.poolBytesLimit());
  }

  @Test
  void theSmallestPoolHasThirtyTwoFrames() {
    assertTrue(Residency.framesWithin(TreeConfig.minimumPoolBytes()) >= 32);
  }

  @Test
  void aLargerPoolHasFramesForAllButAFewHundredths() {
    for (long frames = 256; frames < 65_536; frames *= 2) {
      long within = Residency.framesWithin(frames * Limits.FRAME_BYTES);
      assertTrue(within < frames, "the guards count");
      assertTrue(SMALL_FRAMES || within > frames * 0.94, within + " of " + frames);
    }
  }

  @Test
  void eightThreadsOverATreeFourTimesThePoolStayWithinTheLimit() {
    Vfs vfs = Vfs.memory();
    try (Tree tree = Tree.open(config, vfs, 1 << 20)) {
      for (int number = 0; number < KEYS; number++) {
        tree.set(key(number), value(number, 0));
      }
      assertWithin(tree);
      long data = tree.stats().bytesUsed();
      assertTrue(data > 3.5 * config.poolBytes(), data + " bytes of data");

      Watchdog watchdog = Watchdog.patientFor(PATIENCE);
      AtomicInteger running = new AtomicInteger(THREADS);
      for (int i = 0; i < THREADS; i++) {
        int part = i;
        watchdog.start(
            "worker-" + i,
            () -> {
              try {
                work(tree, part);
              } finally {
                running.decrementAndGet();
              }
            });
      }
      watchdog.start(
          "maintenance",
          () -> {
            while (running.get() > 0) {
              tree.checkpoint();
              assertWithin(tree);
            }
            tree.compact();
          });
      watchdog.join();

      assertWithin(tree);
      assertEquals("[]", tree.check().toString());
      assertWithin(tree);
    }
  }

  /** Each thread changes keys of its own, reads all, and lists, renames and batches at times. */
  private static void work(Tree tree, int part) {
    SplittableRandom random = new SplittableRandom(SEED + part);
    int[] rounds = new int[KEYS];
    for (int i = 0; i < STEPS; i++) {
      int number = random.nextInt(KEYS / THREADS) * THREADS + part;
      switch (random.nextInt(16)) {
        case 0, 1, 2, 3, 4, 5 -> tree.set(key(number), value(number, ++rounds[number]));
        case 6 -> {
          byte[] aside = (new String(key(number), ISO_8859_1) + "/aside").getBytes(ISO_8859_1);
          tree.rename(key(number), aside, Existing.KEEP);
          tree.rename(aside, key(number), Existing.KEEP);
        }
        case 7 -> {
          int round = ++rounds[number];
          tree.atomic(batch ->
              batch
                  .put(key(number), value(number, round))
                  .put(key((number + KEYS / 2) % KEYS), value(number, 0))
                  .put(key((number + KEYS / 2) % KEYS), value(number, round)));
          rounds[(number + KEYS / 2) % KEYS] = -1;
        }
        case 8 -> assertTrue(tree.scan(key(number)).limit(20).stream().count() > 0);
        case 9 -> assertTrue(tree.count(key(number)).records() > 0);
        default -> {
          byte[] value = tree.get(key(number));
          if (rounds[number] >= 0) {
            assertArrayEquals(value(number, rounds[number]), value, "key " + number);
          }
        }
      }
    }
  }

  @Test
  void aBatchOverMoreBlobsThanThePoolHoldsIsRefusedAndChangesNothing() {
    Vfs vfs = Vfs.memory();
    try (Tree tree = Tree.open(config, vfs, 16 << 20)) {
      for (int number = 0; number < KEYS; number++) {
        tree.set(key(number), value(number, 0));
      }
      BatchTooLargeException error =
          assertThrows(
              BatchTooLargeException.class,
              () ->
                  tree.atomic(batch -> {
                    for (int number = 0; number < KEYS; number += 10) {
                      batch.put(key(number), new byte[] {1});
                    }
                  }));
      assertEquals(config.poolBytes(), error.limit());
      assertTrue(error.bytes() > 0);
      for (int number = 0; number < KEYS; number += 100) {
        assertArrayEquals(value(number, 0), tree.get(key(number)));
      }
      assertWithin(tree);
      tree.set(key(0), value(0, 1));
      assertArrayEquals(value(0, 1), tree.get(key(0)));
    }
  }
}
