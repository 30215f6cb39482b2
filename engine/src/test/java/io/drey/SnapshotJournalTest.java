package io.drey;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.engine.layout.FrameSize;
import io.drey.engine.log.Mutation;
import io.drey.engine.log.MutationCodec;
import io.drey.engine.store.ManifestHead;
import io.drey.engine.store.ManifestLog;
import io.drey.engine.store.ManifestView;
import io.drey.journal.JournalConfig;
import io.drey.journal.JournalScan;
import io.drey.testing.Stores;
import io.drey.testing.Watchdog;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A snapshot taken under a full load of changes shows the journal's records up to its number. */
@Tag("both-sizes")
@Tag("mapped-too")
final class SnapshotJournalTest {
  private static final int SEGMENT_BYTES = 1 << 20;
  private static final int WRITERS = 3;
  private static final int SNAPSHOTS = 30;
  private static final int CHANGES_BETWEEN = 500;
  private static final int KEYS = 2_000;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Path directory = Path.of("/store");
  private final Vfs vfs = Vfs.memory();
  private final AtomicBoolean done = new AtomicBoolean();

  private record Stored(byte[] value, long version) {}

  private final NavigableMap<byte[], Stored> replayed = new TreeMap<>(Arrays::compareUnsigned);

  @Test
  void showsTheJournalUpToItsNumber() throws IOException {
    try (Tree tree = Tree.open(Stores.config(directory), vfs, SEGMENT_BYTES)) {
      ArrayDeque<Snapshot> snapshots = new ArrayDeque<>();
      Watchdog watchdog = Watchdog.patientFor(PATIENCE);
      for (int i = 0; i < WRITERS; i++) {
        int writer = i;
        watchdog.start("writer " + i, () -> write(tree, writer));
      }
      watchdog.start(
          "snapshots",
          () -> {
            try {
              take(tree, snapshots);
            } finally {
              done.set(true);
            }
          });
      watchdog.join();
      assertEquals(SNAPSHOTS, snapshots.size());
      replay(snapshots);
    }
  }

  private static byte[] key(int number) {
    return "/part-%02d/file-%06d".formatted(number % 7, number).getBytes(ISO_8859_1);
  }

  private void write(Tree tree, int writer) {
    SplittableRandom random = new SplittableRandom(writer);
    for (int i = 0; !done.get(); i++) {
      byte[] key = key(random.nextInt(KEYS));
      byte[] other = key(random.nextInt(KEYS));
      byte[] value = new byte[random.nextInt(200)];
      Arrays.fill(value, (byte) i);
      switch (random.nextInt(10)) {
        case 0, 1 -> tree.delete(key);
        case 2 -> tree.atomic(batch -> batch.put(key, value).delete(other).put(other, value));
        case 3 -> {
          try {
            tree.rename(key, other, Existing.REPLACE);
          } catch (KeyNotFoundException e) {
            tree.set(key, value); // there is something to be renamed next time
          }
        }
        default -> tree.set(key, value);
      }
    }
  }

  private static void take(Tree tree, ArrayDeque<Snapshot> snapshots) {
    while (snapshots.size() < SNAPSHOTS) {
      Snapshot taken = tree.snapshot();
      Snapshot before = snapshots.peekLast();
      if (before == null || taken.seq() >= before.seq() + CHANGES_BETWEEN) {
        snapshots.add(taken);
      } else {
        taken.close();
      }
    }
  }

  /** Applies the whole journal, and compares on the way. */
  private void replay(ArrayDeque<Snapshot> snapshots) throws IOException {
    ManifestView view = ManifestLog.read(vfs, directory, FrameSize.BYTES);
    ManifestHead head = view.state().head();
    JournalConfig config =
        new JournalConfig(vfs, directory, view.state().identity().storeId(), SEGMENT_BYTES);
    JournalScan scan =
        JournalScan.of(
            config, head.logStart(), head.logEnds(), head.forcedMark(), view.commitNumber());
    long[] last = {0};
    long[] changes = {0};
    scan.replay((position, seq, seqCount, type, buffer, offset, length) -> {
      assertTrue(seq > last[0], "numbers ascend");
      // Between the numbers of one record no snapshot lies: it shows all of a batch or nothing.
      compareBefore(seq, snapshots);
      List<Mutation> mutations = MutationCodec.decode(type, buffer, offset, length);
      for (int i = 0; i < mutations.size(); i++) {
        apply(mutations.get(i), seq + i);
      }
      last[0] = seq + seqCount - 1;
      changes[0] += seqCount;
    });
    compareBefore(Long.MAX_VALUE, snapshots);
    assertTrue(changes[0] >= (SNAPSHOTS - 1L) * CHANGES_BETWEEN, "changes: " + changes[0]);
  }

  private void compareBefore(long seq, ArrayDeque<Snapshot> snapshots) {
    while (!snapshots.isEmpty() && snapshots.getFirst().seq() < seq) {
      try (Snapshot snapshot = snapshots.removeFirst()) {
        List<byte[]> keys = new ArrayList<>(replayed.keySet());
        int at = 0;
        for (RangeEntry entry : snapshot.scan()) {
          RangeEntry.Key shown = (RangeEntry.Key) entry;
          String where = "record " + at + " of the snapshot at " + snapshot.seq();
          assertTrue(at < keys.size(), where);
          byte[] key = keys.get(at++);
          Stored stored = Objects.requireNonNull(replayed.get(key));
          assertArrayEquals(key, shown.key(), where);
          assertArrayEquals(stored.value, shown.value(), where);
          assertEquals(stored.version, shown.version(), where);
        }
        assertEquals(keys.size(), at, "records of the snapshot at " + snapshot.seq());
      }
    }
  }

  private void apply(Mutation mutation, long seq) {
    switch (mutation) {
      case Mutation.Put(byte[] key, byte[] value) ->
          replayed.put(TreeKeys.user(key), new Stored(value, seq));
      case Mutation.Delete(byte[] key) -> replayed.remove(TreeKeys.user(key));
      case Mutation.Rename(byte[] source, byte[] target) -> {
        Stored moved = Objects.requireNonNull(replayed.remove(TreeKeys.user(source)));
        replayed.put(TreeKeys.user(target), new Stored(moved.value, seq));
      }
    }
  }
}
