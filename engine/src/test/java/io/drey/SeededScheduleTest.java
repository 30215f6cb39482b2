package io.drey;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.testing.SeededThreads;
import io.drey.testing.Stores;
import io.drey.vfs.Threads;
import io.drey.vfs.Vfs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Writers, readers and the store's own threads under schedules that a seed decides, with a switch
 * possible at every access to a file and at every wait: whatever the schedule, nothing is lost; and
 * a seed gives the same schedule twice.
 */
@Tag("small-frames")
final class SeededScheduleTest {
  private static final int SEEDS = 60;
  private static final int SEEDS_OF_TIME = 10;
  private static final int WRITERS = 3;
  private static final int CHANGES = 250;
  private static final int KEYS = 400;

  /** What was done to files, by whom, in order. */
  private final List<String> trace = new ArrayList<>();

  @Test
  void losesNothingWhateverTheSchedule() {
    for (long seed = 0; seed < SEEDS; seed++) {
      runWith(seed);
    }
  }

  @Test
  void includesRoundsThatTimeBrings() {
    for (long seed = 0; seed < SEEDS_OF_TIME; seed++) {
      runWith(seed, new CheckpointPolicy(true, Duration.ofMillis(200), Long.MAX_VALUE, 1));
      assertTrue(rounds() > 1, "rounds of seed " + seed);
      trace.clear();
    }
  }

  /** Forces of the data file by the checkpointer, one a round. */
  private long rounds() {
    return trace.stream().filter("drey-checkpoint FORCE data"::equals).count();
  }

  @Test
  void isTheSameForTheSameSeed() {
    runWith(7);
    List<String> first = List.copyOf(trace);
    trace.clear();
    runWith(7);
    List<String> second = List.copyOf(trace);
    trace.clear();
    runWith(8);

    assertEquals(first, second);
    assertNotEquals(first, trace);
    assertTrue(first.stream().anyMatch(step -> step.startsWith("drey-checkpoint WRITE")), "rounds");
    assertTrue(first.stream().anyMatch(step -> step.contains(" READ")), "loads");
  }

  private void runWith(long seed) {
    runWith(seed, new CheckpointPolicy(true, Duration.ofDays(1), 20_000, 1));
  }

  private void runWith(long seed, CheckpointPolicy policy) {
    SeededThreads threads = new SeededThreads(seed);
    HookedVfs vfs = new HookedVfs(Vfs.memory());
    vfs.threads(threads);
    vfs.hook((effect, file) -> {
      Thread current = Thread.currentThread();
      if (current.isVirtual()) {
        trace.add(current.getName() + " " + effect + " " + file.getFileName());
        Thread.yield();
      }
    });
    TreeConfig config = Stores.config(Path.of("/store")).withCheckpoint(policy);
    try {
      List<NavigableMap<byte[], byte[]>> models = new ArrayList<>();
      threads.start("main", () -> work(Tree.open(config, vfs, 1 << 16), threads, models, seed));
      threads.run();
      vfs.hook((effect, file) -> {});
      vfs.threads(Threads.PLATFORM);
      try (Tree tree = Tree.open(config, vfs, 1 << 16)) {
        verify(tree, models);
      }
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("schedule of seed " + seed, e);
    }
  }

  private static void work(
      Tree tree, SeededThreads threads, List<NavigableMap<byte[], byte[]>> models, long seed) {
    int[] left = {WRITERS};
    for (int i = 0; i < WRITERS; i++) {
      int writer = i;
      NavigableMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
      models.add(model);
      threads.start(
          "writer-" + i,
          () -> {
            write(tree, writer, model, new SplittableRandom(seed * WRITERS + writer));
            if (--left[0] == 0) {
              verify(tree, models);
              tree.close();
            }
          });
    }
  }

  private static void write(
      Tree tree, int writer, NavigableMap<byte[], byte[]> model, SplittableRandom random) {
    for (int i = 0; i < CHANGES; i++) {
      byte[] key = key(writer, random.nextInt(KEYS));
      switch (random.nextInt(8)) {
        case 0, 1 -> assertArrayEquals(model.remove(key), tree.delete(key));
        case 2 -> {
          byte[] target = key(writer, random.nextInt(KEYS));
          byte[] value = model.get(key);
          if (value != null) {
            tree.rename(key, target, Existing.REPLACE);
            model.remove(key);
            model.put(target, value);
          }
        }
        case 3 -> {
          try (Snapshot snapshot = tree.snapshot()) {
            Thread.yield();
            assertArrayEquals(model.get(key), snapshot.get(key));
          }
        }
        default -> {
          byte[] value = new byte[random.nextInt(400)];
          Arrays.fill(value, (byte) i);
          assertArrayEquals(model.put(key, value), tree.put(key, value));
        }
      }
      assertArrayEquals(model.get(key), tree.get(key));
      Thread.yield();
    }
  }

  private static byte[] key(int writer, int number) {
    return Stores.key(number * WRITERS + writer);
  }

  private static void verify(Tree tree, List<NavigableMap<byte[], byte[]>> models) {
    long records = 0;
    for (NavigableMap<byte[], byte[]> model : models) {
      records += model.size();
      model.forEach((key, value) -> assertArrayEquals(value, tree.get(key)));
    }
    assertEquals(records, tree.scan().stream().count());
    assertEquals("[]", tree.check().toString());
  }
}
