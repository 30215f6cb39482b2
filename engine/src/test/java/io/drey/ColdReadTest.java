package io.drey;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.testing.Stores;
import io.drey.testing.Watchdog;
import io.drey.vfs.Caching;
import io.drey.vfs.OpenMode;
import io.drey.vfs.StorageFile;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Point reads of a store that is several times as large as its pool: they read pages, not frames,
 * of the blobs that are out of memory.
 */
@Tag("both-sizes")
final class ColdReadTest {
  private static final boolean SMALL_FRAMES = Limits.FRAME_BYTES <= 8192;
  private static final int KEYS = SMALL_FRAMES ? 8_000 : 20_000;

  /** So that all of it is several times the smallest pool. */
  private static final int VALUE_BYTES_MAX = SMALL_FRAMES ? 200 : 6_000;

  /** Every so many records a value that spans many pages. */
  private static final int LARGE_EVERY = 500;

  private static final int LARGE_BYTES = SMALL_FRAMES ? 1_000 : 65_535;
  private static final int PAGE = 4096;
  private static final long SEED = 0x5EED_0007;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Vfs vfs = Vfs.memory();
  private final Path directory = Path.of("/store");
  private final TreeConfig config = Stores.config(directory);
  private final int[] rounds = new int[KEYS];

  private static byte[] key(int number) {
    return "/part-%02d/some/directory-%03d/file-%06d"
        .formatted(number % 7, number / 64, number)
        .getBytes(ISO_8859_1);
  }

  private static byte[] value(int number, int round) {
    int mixed = (number * 0x9E37 + round * 0x79B9) & 0x7FFF_FFFF;
    int length = number % LARGE_EVERY == 0 ? LARGE_BYTES : mixed % VALUE_BYTES_MAX;
    byte[] value = new byte[length];
    for (int i = 0; i < length; i++) {
      value[i] = (byte) (mixed + i * 31 + (i >> 8));
    }
    return value;
  }

  private Tree open() {
    return Tree.open(config, vfs, 1 << 20);
  }

  private void fill() {
    try (Tree tree = open()) {
      for (int number = 0; number < KEYS; number++) {
        tree.set(key(number), value(number, 0));
      }
    }
  }

  /** Opens the store with a pool that reads have filled. */
  private Tree openFull() {
    Tree tree = open();
    try {
      readUntilFull(tree);
      return tree;
    } catch (CorruptionException e) {
      tree.close();
      throw e;
    }
  }

  private static void readUntilFull(Tree tree) {
    SplittableRandom random = new SplittableRandom(SEED);
    while (tree.stats().coldPageReads() == 0) {
      for (int i = 0; i < 100; i++) {
        tree.get(key(random.nextInt(KEYS)));
      }
    }
  }

  @Nested
  class OfAFullPool {
    @Test
    void findWhatIsThereInEveryWay() {
      fill();
      try (Tree tree = openFull();
          Arena arena = Arena.ofConfined()) {
        MemorySegment target = arena.allocate(LARGE_BYTES);
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 4_000; i++) {
          int number = random.nextInt(KEYS);
          byte[] expected = value(number, 0);
          switch (i % 4) {
            case 0 -> assertArrayEquals(expected, tree.get(key(number)));
            case 1 -> assertArrayEquals(expected, entry(tree, number).value());
            case 2 -> assertTrue(tree.contains(key(number)));
            default -> {
              assertEquals(expected.length, tree.get(key(number), target));
              byte[] copied = target.asSlice(0, expected.length).toArray(ValueLayout.JAVA_BYTE);
              assertArrayEquals(expected, copied);
            }
          }
        }
        assertTrue(tree.stats().coldPageReads() > 0, "pages were read");
        assertTrue(tree.stats().coldPageHits() > 0, "pages were found in memory");
        assertEquals("[]", tree.check().toString());
      }
    }

    @Test
    void findValuesThatSpanManyPages() {
      fill();
      try (Tree tree = openFull()) {
        for (int number = 0; number < KEYS; number += LARGE_EVERY) {
          assertArrayEquals(value(number, 0), tree.get(key(number)));
          byte[][] both = tree.getAll(key(number), key(number + 1));
          assertArrayEquals(value(number, 0), both[0]);
          assertArrayEquals(value(number + 1, 0), both[1]);
        }
      }
    }

    @Test
    void findNothingWhereNothingIs() {
      fill();
      try (Tree tree = openFull()) {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 2_000; i++) {
          String key = new String(key(random.nextInt(KEYS)), ISO_8859_1);
          assertNull(tree.get((key + "x").getBytes(ISO_8859_1)));
          assertNull(tree.get(key.substring(0, key.length() - 1).getBytes(ISO_8859_1)));
          assertFalse(tree.contains(key.replace("file", "none").getBytes(ISO_8859_1)));
          assertNull(tree.get((key + "y".repeat(900)).getBytes(ISO_8859_1)));
        }
      }
    }

    @Test
    void bringABlobIntoMemoryThatIsReadOften() {
      fill();
      try (Tree tree = openFull()) {
        long before = tree.stats().cacheMisses();
        for (int number = 0; number < KEYS; number++) {
          assertArrayEquals(value(number, 0), tree.get(key(number)));
        }
        assertTrue(tree.stats().cacheMisses() > before, "no blob was loaded");
      }
    }

    @Test
    void readNoPageTwiceThatStaysInMemory() {
      fill();
      try (Tree tree = openFull()) {
        int number = KEYS / 2;
        tree.get(key(number));
        TreeStats before = tree.stats();
        for (int i = 0; i < 100; i++) {
          assertArrayEquals(value(number, 0), tree.get(key(number)));
        }
        assertEquals(before.coldPageReads(), tree.stats().coldPageReads());
        assertEquals(before.cacheMisses(), tree.stats().cacheMisses());
      }
    }
  }

  @Test
  void ofAPoolWithRoomLoadFrames() {
    fill();
    try (Tree tree = Tree.open(config.withPoolBytes(1L << 30), vfs, 1 << 20)) {
      for (int number = 0; number < KEYS; number += 3) {
        assertArrayEquals(value(number, 0), tree.get(key(number)));
      }
      assertEquals(0, tree.stats().coldPageReads());
      assertTrue(tree.stats().cacheMisses() > 0, "frames were loaded");
    }
  }

  /** Slots are written again and again, within an epoch too, while pages of them are in memory. */
  @Test
  void besideChangesOfOneThreadSeeTheLastOne() {
    fill();
    SplittableRandom random = new SplittableRandom(SEED);
    try (Tree tree = openFull()) {
      for (int i = 0; i < 30_000; i++) {
        int number = random.nextInt(KEYS);
        if (i % 10 == 0) {
          tree.set(key(number), value(number, ++rounds[number]));
        } else {
          String at = "seed " + SEED + ", step " + i;
          assertArrayEquals(value(number, rounds[number]), tree.get(key(number)), at);
        }
        if (i % 10_000 == 9_999) {
          tree.checkpoint();
        }
      }
      assertTrue(tree.stats().coldPageHits() > 1_000, "reads were by pages");
    }
  }

  /** Each thread changes keys of its own and reads those; all read the same pages. */
  @Test
  void besideWritersAndCheckpointsSeeTheLastChange() {
    fill();
    try (Tree tree = openFull()) {
      Watchdog watchdog = Watchdog.patientFor(PATIENCE);
      AtomicBoolean done = new AtomicBoolean();
      int threads = 3;
      for (int i = 0; i < threads; i++) {
        int part = i;
        watchdog.start(
            "changer-" + i,
            () -> {
              try {
                change(tree, part, threads);
              } finally {
                done.set(true);
              }
            });
      }
      watchdog.start(
          "checkpoints",
          () -> {
            while (!done.get()) {
              tree.checkpoint();
            }
          });
      watchdog.join();
      assertEquals("[]", tree.check().toString());
      assertTrue(tree.stats().coldPageHits() > 1_000, "reads were by pages");
    }
  }

  private void change(Tree tree, int part, int parts) {
    SplittableRandom random = new SplittableRandom(SEED + part);
    for (int i = 0; i < 10_000; i++) {
      int number = random.nextInt(KEYS / parts) * parts + part;
      if (i % 8 == 0) {
        tree.set(key(number), value(number, ++rounds[number]));
      } else {
        assertArrayEquals(value(number, rounds[number]), tree.get(key(number)));
      }
    }
  }

  @Test
  void ofAPageThatIsDamagedSayWhichItIs() throws IOException {
    fill();
    Path data = directory.resolve("data");
    SplittableRandom random = new SplittableRandom(SEED);
    int told = 0;
    for (int round = 0; round < 20; round++) {
      long page;
      byte[] whole = new byte[PAGE];
      try (StorageFile file = vfs.open(data, OpenMode.WRITE, Caching.BUFFERED)) {
        page = random.nextLong(file.size() / PAGE) * PAGE;
        damage(file, page, whole, random.nextInt(PAGE));
      }
      try (Tree tree = openFull()) {
        told += readDamaged(tree, data, page, random) ? 1 : 0;
      } catch (CorruptionException e) {
        assertIsOf(data, page, e); // met while the pool was filled
      }
      try (StorageFile file = vfs.open(data, OpenMode.WRITE, Caching.BUFFERED)) {
        file.write(page, MemorySegment.ofArray(whole));
      }
    }
    assertTrue(told > 0, "no damage was met by a read of pages, seed " + SEED);
  }

  private static void damage(StorageFile file, long page, byte[] whole, int at) throws IOException {
    MemorySegment bytes = MemorySegment.ofArray(whole);
    file.read(page, bytes);
    byte[] damaged = whole.clone();
    damaged[at] ^= 0x10;
    file.write(page, MemorySegment.ofArray(damaged));
  }

  /** Every read is right or names the page; whether one did that was not a load. */
  private static boolean readDamaged(Tree tree, Path data, long page, SplittableRandom random) {
    boolean told = false;
    for (int i = 0; i < 1_500; i++) {
      int number = random.nextInt(KEYS);
      try {
        assertArrayEquals(value(number, 0), tree.get(key(number)));
      } catch (CorruptionException e) {
        assertIsOf(data, page, e);
        TreeStats before = tree.stats();
        assertThrows(CorruptionException.class, () -> tree.get(key(number)));
        TreeStats after = tree.stats();
        told |=
            before.coldPageReads() < after.coldPageReads()
                && before.cacheMisses() == after.cacheMisses();
      }
    }
    return told;
  }

  private static void assertIsOf(Path data, long page, CorruptionException e) {
    assertEquals(data, e.file());
    assertTrue(e.offset() >= page && e.offset() < page + PAGE, page + ": " + e);
    assertTrue(e.blob() > 0, "a blob is named");
  }

  private static Entry entry(Tree tree, int number) {
    Entry entry = tree.getEntry(key(number));
    assertNotNull(entry);
    assertTrue(Arrays.equals(key(number), entry.key()));
    return entry;
  }
}
