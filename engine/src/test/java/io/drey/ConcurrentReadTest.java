package io.drey;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.testing.Stores;
import io.drey.testing.Watchdog;
import io.drey.vfs.Vfs;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Readers beside writers who split, join, evict and copy the frames that are being read. A value
 * says whose it is and which change wrote it, so a torn or misplaced read shows.
 */
@Tag("both-sizes")
final class ConcurrentReadTest {
  private static final int KEYS = 4_000;
  private static final int ROUNDS = 12;
  private static final int READERS = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final AtomicBoolean done = new AtomicBoolean();

  private static byte[] key(int number) {
    return "/part-%02d/some/directory-%03d/file-%06d"
        .formatted(number % 7, number / 64, number)
        .getBytes(ISO_8859_1);
  }

  /** 16 to 175 bytes: key number, round, and bytes that follow from both. */
  private static byte[] value(int number, int round) {
    byte[] value = new byte[16 + (number * 31 + round * 17) % 160];
    ByteBuffer.wrap(value).putInt(number).putInt(round);
    Arrays.fill(value, 8, value.length, (byte) (number * 7 + round));
    return value;
  }

  /** The round that wrote the value; fails unless the value is one of {@code number}'s. */
  private static int round(int number, byte[] value) {
    int round = ByteBuffer.wrap(value).getInt(4);
    assertEquals(number, ByteBuffer.wrap(value).getInt(0), "another key's value");
    assertTrue(Arrays.equals(value(number, round), value), "a value nobody wrote");
    return round;
  }

  @Test
  void readersInMemorySeeWholeValuesThatNeverGoBack() {
    try (Tree tree = Tree.open(Stores.memory())) {
      readWhileWriting(tree);
      assertTrue(tree.check().isEmpty());
    }
  }

  @Test
  void readersOfAStoreThatEvictsSeeWholeValuesThatNeverGoBack() {
    Vfs vfs = Vfs.memory();
    Path directory = Path.of("/store");
    try (Tree tree = Tree.open(Stores.config(directory), vfs, 1 << 20)) {
      readWhileWriting(tree);
      assertTrue(tree.check().isEmpty());
    }
  }

  private void readWhileWriting(Tree tree) {
    for (int number = 0; number < KEYS; number++) {
      tree.set(key(number), value(number, 0));
    }
    Watchdog watchdog = Watchdog.patientFor(PATIENCE);
    for (int i = 0; i < READERS; i++) {
      int seed = i;
      watchdog.start("reader-" + i, () -> read(tree, new SplittableRandom(seed)));
    }
    watchdog.start("scanner", () -> scan(tree, new SplittableRandom(READERS)));
    watchdog.start(
        "writer",
        () -> {
          try {
            write(tree);
          } finally {
            done.set(true);
          }
        });
    watchdog.join();
  }

  /** Every round changes all values, which grow and shrink, and moves a tenth of the keys about. */
  private static void write(Tree tree) {
    for (int round = 1; round <= ROUNDS; round++) {
      for (int number = 0; number < KEYS; number++) {
        tree.set(key(number), value(number, round));
        if (number % 10 == 0) {
          byte[] aside = (new String(key(number), ISO_8859_1) + "/aside").getBytes(ISO_8859_1);
          tree.rename(key(number), aside, Existing.KEEP);
          tree.rename(aside, key(number), Existing.KEEP);
        }
      }
      if (round % 3 == 0) {
        tree.compact();
      }
      tree.checkpoint();
    }
  }

  private void read(Tree tree, SplittableRandom random) {
    int[] seen = new int[KEYS];
    do {
      int number = random.nextInt(KEYS);
      byte[] value = tree.get(key(number));
      assertTrue(value != null || number % 10 == 0, "a key that is always there");
      if (value != null) {
        int round = round(number, value);
        assertTrue(round >= seen[number], "round " + round + " after " + seen[number]);
        seen[number] = round;
      }
    } while (!done.get());
  }

  /**
   * A record on the move is at one of its two places; a record that stays is met once, in order.
   */
  private void scan(Tree tree, SplittableRandom random) {
    long scans = 0;
    do {
      int moving = random.nextInt(KEYS / 10) * 10;
      List<byte[]> values = new ArrayList<>();
      for (RangeEntry entry : tree.scan(key(moving))) {
        values.add(((RangeEntry.Key) entry).value());
      }
      assertEquals(1, values.size(), "places of a record that is moved");
      round(moving, values.getFirst());
      if (++scans % 64 == 0) {
        scanAll(tree);
      }
    } while (!done.get());
  }

  private static void scanAll(Tree tree) {
    byte[] last = new byte[0];
    int staying = 0;
    for (RangeEntry entry : tree.scan()) {
      byte[] key = ((RangeEntry.Key) entry).key();
      assertTrue(Arrays.compareUnsigned(last, key) < 0, "keys that do not ascend");
      last = key;
      int number = ByteBuffer.wrap(((RangeEntry.Key) entry).value()).getInt(0);
      round(number, ((RangeEntry.Key) entry).value());
      staying += number % 10 == 0 ? 0 : 1;
    }
    assertEquals(KEYS - KEYS / 10, staying, "records that are always there");
  }
}
