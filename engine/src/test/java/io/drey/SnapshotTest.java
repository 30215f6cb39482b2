package io.drey;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.testing.Stores;
import io.drey.testing.Watchdog;
import io.drey.vfs.Vfs;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A snapshot shows one moment, whatever becomes of the tree. */
@Tag("both-sizes")
@Tag("mapped-too")
final class SnapshotTest {
  private static final int KEYS = 3_000;
  private static final int VALUE_BYTES_MAX = Limits.FRAME_BYTES > 8192 ? 8_000 : 200;
  private static final long SEED = 0x5EED_0005;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Path directory = Path.of("/store");
  private final Vfs vfs = Vfs.memory();

  private Tree onDisk() {
    return Tree.open(Stores.config(directory), vfs, 1 << 20);
  }

  private static byte[] key(int number) {
    return "/part-%02d/directory-%03d/file-%06d"
        .formatted(number % 7, number / 64, number)
        .getBytes(ISO_8859_1);
  }

  /** A moment, and what the tree held then. */
  private record Moment(Snapshot snapshot, NavigableMap<byte[], byte[]> model) {
    void verify() {
      NavigableMap<byte[], byte[]> shown = new TreeMap<>(Arrays::compareUnsigned);
      long last = 0;
      for (RangeEntry entry : snapshot.scan()) {
        RangeEntry.Key record = (RangeEntry.Key) entry;
        shown.put(record.key(), record.value());
        last = Math.max(last, record.version());
      }
      assertEquals(model.size(), shown.size());
      assertTrue(last <= snapshot.seq(), "a version behind the snapshot's last change");
      long bytes = 0;
      for (var record : model.entrySet()) {
        assertArrayEquals(record.getValue(), shown.get(record.getKey()));
        bytes += record.getKey().length + record.getValue().length;
      }
      assertEquals(new PrefixCount(model.size(), bytes), snapshot.count(new byte[0]));
    }

    void verifySome(SplittableRandom random) {
      byte[][] keys = new byte[40][];
      for (int i = 0; i < keys.length; i++) {
        keys[i] = key(random.nextInt(KEYS));
        byte[] value = model.get(keys[i]);
        assertArrayEquals(value, snapshot.get(keys[i]));
        assertEquals(value != null, snapshot.contains(keys[i]));
        Entry longest = snapshot.longestPrefix(keys[i]);
        assertArrayEquals(value, longest == null ? null : longest.value());
        byte[] prefix = Arrays.copyOf(keys[i], 22);
        assertEquals(below(prefix).isEmpty(), snapshot.isPrefixEmpty(prefix));
        assertEquals(below(prefix).size(), snapshot.count(prefix).records());
      }
      byte[][] values = snapshot.getAll(keys);
      for (int i = 0; i < keys.length; i++) {
        assertArrayEquals(model.get(keys[i]), values[i]);
      }
    }

    private NavigableMap<byte[], byte[]> below(byte[] prefix) {
      byte[] end = prefix.clone();
      end[end.length - 1]++;
      return model.subMap(prefix, true, end, false);
    }
  }

  @Nested
  class WhileTheTreeGoesOn {
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final NavigableMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);

    @Test
    void showsItsMomentOfATreeInMemory() {
      try (Tree tree = Tree.open(Stores.memory())) {
        goOn(tree);
        assertEquals(0, tree.stats().snapshotBlobs());
      }
    }

    @Test
    void showsItsMomentOfAStoreThatEvictsAndCheckpoints() {
      try (Tree tree = onDisk()) {
        goOn(tree);
        assertTrue(tree.stats().evictions() > 0 || !Stores.evicts(), "evictions");
        assertEquals(0, tree.stats().snapshotBlobs());
        tree.checkpoint();
        TreeStats stats = tree.stats();
        assertTrue(
            stats.dataBytesLive() <= (long) (stats.blobs().size() + 2) * Limits.FRAME_BYTES,
            "slots that nobody gave back: " + stats);
      }
    }

    private void goOn(Tree tree) {
      ArrayDeque<Moment> moments = new ArrayDeque<>();
      for (int round = 0; round < 24; round++) {
        change(tree);
        moments.add(new Moment(tree.snapshot(), copy()));
        if (round % 5 == 1) {
          tree.checkpoint();
        }
        if (round % 7 == 3) {
          tree.compact();
        }
        moments.forEach(moment -> moment.verifySome(random));
        if (moments.size() > 4 || random.nextInt(3) == 0) {
          Moment ended = random.nextBoolean() ? moments.removeFirst() : moments.removeLast();
          ended.verify();
          ended.snapshot().close();
        }
      }
      for (Moment moment : moments) {
        moment.verify();
        moment.snapshot().close();
      }
      assertEquals("[]", tree.check().toString());
    }

    private NavigableMap<byte[], byte[]> copy() {
      return new TreeMap<>(model);
    }

    private void change(Tree tree) {
      for (int i = 0; i < 1_500; i++) {
        byte[] key = key(random.nextInt(KEYS));
        int kind = random.nextInt(10);
        if (kind < 6) {
          byte[] value = new byte[random.nextInt(VALUE_BYTES_MAX)];
          Arrays.fill(value, (byte) i);
          tree.set(key, value);
          model.put(key, value);
        } else if (kind < 9) {
          tree.delete(key);
          model.remove(key);
        } else {
          byte[] target = key(random.nextInt(KEYS));
          byte[] value = model.get(key);
          if (value != null) {
            tree.rename(key, target, Existing.REPLACE);
            model.remove(key);
            model.put(target, value);
          }
        }
      }
    }
  }

  /** Every change writes its number to the next of a ring of keys, so a moment is one number. */
  @Nested
  class TakenWhileOthersWrite {
    private static final int RING = 400;

    private final AtomicBoolean done = new AtomicBoolean();

    @Test
    void showsOneMoment() {
      try (Tree tree = onDisk()) {
        for (int i = 0; i < RING; i++) {
          tree.set(key(i * 7), number(i));
        }
        Watchdog watchdog = Watchdog.patientFor(PATIENCE);
        watchdog.start("ring", () -> write(tree));
        watchdog.start("noise", () -> disturb(tree));
        watchdog.start(
            "snapshots",
            () -> {
              try {
                take(tree);
              } finally {
                done.set(true);
              }
            });
        watchdog.join();
        assertEquals("[]", tree.check().toString());
      }
    }

    private static byte[] number(long number) {
      byte[] value = new byte[Math.max(Long.BYTES, VALUE_BYTES_MAX / 4)];
      ByteBuffer.wrap(value).putLong(number);
      return value;
    }

    private void write(Tree tree) {
      for (long i = RING; !done.get(); i++) {
        tree.set(key((int) (i % RING) * 7), number(i));
      }
    }

    private void disturb(Tree tree) {
      SplittableRandom random = new SplittableRandom(SEED);
      for (int i = 0; !done.get(); i++) {
        byte[] key = key(random.nextInt(RING) * 7 + 1 + random.nextInt(5));
        if (random.nextInt(3) == 0) {
          tree.delete(key);
        } else {
          tree.set(key, new byte[random.nextInt(VALUE_BYTES_MAX)]);
        }
        if (i % 2_000 == 0) {
          tree.checkpoint();
        }
      }
    }

    private void take(Tree tree) {
      Snapshot before = tree.snapshot();
      for (int i = 0; i < 60; i++) {
        Snapshot snapshot = tree.snapshot();
        long first = verify(snapshot);
        assertTrue(first >= verify(before), "a moment before an earlier one");
        assertEquals(first, verify(snapshot), "another moment than before");
        before.close();
        before = snapshot;
      }
      before.close();
    }

    /** The number of the oldest change shown; fails unless the others follow it without a gap. */
    private static long verify(Snapshot snapshot) {
      long[] numbers = new long[RING];
      for (int i = 0; i < RING; i++) {
        byte[] value = snapshot.get(key(i * 7));
        numbers[i] = value == null ? -1 : ByteBuffer.wrap(value).getLong();
      }
      Arrays.sort(numbers);
      for (int i = 0; i < RING; i++) {
        assertEquals(numbers[0] + i, numbers[i], "changes that a moment has");
      }
      return numbers[0];
    }
  }

  @Nested
  class OnceClosed {
    @Test
    void refusesReads() {
      try (Tree tree = Tree.open(Stores.memory())) {
        Stores.fill(tree, 0, 10);
        Snapshot snapshot = tree.snapshot();
        Cursor cursor = snapshot.scan().cursor();
        snapshot.close();
        snapshot.close();

        assertThrows(ClosedException.class, () -> snapshot.get(Stores.key(1)));
        assertThrows(ClosedException.class, () -> snapshot.count(new byte[0]));
        assertThrows(ClosedException.class, () -> snapshot.scan().cursor());
        assertThrows(ClosedException.class, cursor::hasNext);
      }
    }

    @Test
    void isClosedWithItsStore() {
      Tree tree = onDisk();
      Stores.fill(tree, 0, 2_000);
      Snapshot snapshot = tree.snapshot();
      Stores.fill(tree, 1_000, 3_000);
      tree.close();

      assertThrows(ClosedException.class, () -> snapshot.get(Stores.key(1)));
      snapshot.close();
      try (Tree again = onDisk()) {
        Stores.verify(again, 3_000);
      }
    }
  }

  @Test
  void ofAReadOnlyTreeShowsIt() {
    try (Tree tree = onDisk()) {
      Stores.fill(tree, 0, 100);
    }
    TreeConfig config = Stores.config(directory).withAccess(Access.READ_ONLY);
    try (Tree tree = Tree.open(config, vfs, 1 << 20);
        Snapshot snapshot = tree.snapshot()) {
      assertArrayEquals(Stores.value(7), snapshot.get(Stores.key(7)));
      assertNull(snapshot.get(Stores.key(100)));
      assertTrue(snapshot.seq() >= snapshot.getEntry(Stores.key(99)).version());
    }
  }
}
