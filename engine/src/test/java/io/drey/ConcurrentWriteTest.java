package io.drey;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.testing.Stores;
import io.drey.testing.Watchdog;
import io.drey.vfs.Vfs;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Writers beside each other: each has keys of its own, which lie between those of the others, and
 * all count in the same few records. No change is lost, none is seen that nobody made.
 */
@Tag("both-sizes")
@Tag("mapped-too")
final class ConcurrentWriteTest {
  private static final int WRITERS = 4;
  private static final int KEYS = 6_000;
  private static final int CHANGES = 25_000;
  private static final int COUNTERS = 3;

  /** So that all of it is more than the smallest pool. */
  private static final int VALUE_BYTES_MAX = Limits.FRAME_BYTES > 8192 ? 6_000 : 200;

  private static final long SEED = 0x5EED_0004;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final AtomicInteger running = new AtomicInteger(WRITERS);
  private final int[][] counted = new int[WRITERS][COUNTERS];

  private final List<Map<Integer, byte[]>> models =
      Stream.generate(() -> (Map<Integer, byte[]>) new HashMap<Integer, byte[]>())
          .limit(WRITERS)
          .toList();

  private static byte[] key(int writer, int number) {
    return "/part-%02d/some/directory-%03d/file-%06d-%d"
        .formatted(number % 7, number / 64, number, writer)
        .getBytes(ISO_8859_1);
  }

  private static byte[] counter(int number) {
    return ("/part-03/counter-" + number).getBytes(ISO_8859_1);
  }

  @Test
  void inMemoryLoseNothing() {
    try (Tree tree = Tree.open(Stores.memory())) {
      writeTogether(tree, false);
      verify(tree);
    }
  }

  @Test
  void ofAStoreThatEvictsAndCheckpointsLoseNothing() {
    Vfs vfs = Vfs.memory();
    TreeConfig config = Stores.config(Path.of("/store"));
    try (Tree tree = Tree.open(config, vfs, 1 << 20)) {
      writeTogether(tree, true);
      verify(tree);
      assertTrue(tree.stats().evictions() > 0 || !Stores.evicts(), "evictions");
    }
    try (Tree tree = Tree.open(config, vfs, 1 << 20)) {
      verify(tree);
    }
  }

  private void writeTogether(Tree tree, boolean checkpoints) {
    Watchdog watchdog = Watchdog.patientFor(PATIENCE);
    for (int i = 0; i < WRITERS; i++) {
      int writer = i;
      watchdog.start(
          "writer-" + i,
          () -> {
            try {
              write(tree, writer);
            } finally {
              running.decrementAndGet();
            }
          });
    }
    watchdog.start(
        "maintenance",
        () -> {
          while (running.get() > 0) {
            if (checkpoints) {
              tree.checkpoint();
            }
            tree.compact();
          }
        });
    watchdog.join();
  }

  private void write(Tree tree, int writer) {
    SplittableRandom random = new SplittableRandom(SEED + writer);
    Map<Integer, byte[]> model = models.get(writer);
    for (int i = 0; i < CHANGES; i++) {
      int number = random.nextInt(KEYS);
      int kind = random.nextInt(100);
      if (kind < 60) {
        byte[] value = new byte[random.nextInt(VALUE_BYTES_MAX)];
        Arrays.fill(value, (byte) i);
        assertArrayEquals(model.put(number, value), tree.put(key(writer, number), value));
      } else if (kind < 85) {
        assertArrayEquals(model.remove(number), tree.delete(key(writer, number)));
      } else if (kind < 95) {
        assertArrayEquals(model.get(number), tree.get(key(writer, number)));
      } else {
        int counter = random.nextInt(COUNTERS);
        counted[writer][counter]++;
        tree.update(
            counter(counter),
            old -> {
              int count = old == null ? 0 : ByteBuffer.wrap(old).getInt();
              return ByteBuffer.allocate(Integer.BYTES).putInt(count + 1).array();
            });
      }
    }
  }

  private void verify(Tree tree) {
    assertEquals("[]", tree.check().toString());
    for (int counter = 0; counter < COUNTERS; counter++) {
      int expected = 0;
      for (int[] of : counted) {
        expected += of[counter];
      }
      byte[] value = tree.get(counter(counter));
      assertEquals(expected, value == null ? 0 : ByteBuffer.wrap(value).getInt());
    }
    long records = COUNTERS;
    for (int writer = 0; writer < WRITERS; writer++) {
      records += models.get(writer).size();
      for (Map.Entry<Integer, byte[]> entry : models.get(writer).entrySet()) {
        assertArrayEquals(entry.getValue(), tree.get(key(writer, entry.getKey())));
      }
    }
    assertEquals(records, tree.count(new byte[0]).records());
    assertEquals(records, tree.scan().stream().count());
  }
}
