package io.drey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.engine.mutation.Catalogue;
import io.drey.testing.Stores;
import io.drey.testing.Watchdog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** An edge that leads to a blob that does not exist: no walk may follow it for ever. */
@Tag("small-frames")
final class DanglingEdgeTest {
  private static final int RECORDS = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final OpenStore store = io.drey.Stores.open(Stores.memory());
  private final Reads reads = new Reads(store, View.live(store), Catalogue.DEFAULT_TREE);
  private final PrefixReads prefixReads =
      new PrefixReads(store, View.live(store), Catalogue.DEFAULT_TREE);
  private final Writes writes = new Writes(store);

  /** Keys whose records went with a blob. */
  private final List<byte[]> lost = new ArrayList<>();

  private long freed;

  @BeforeEach
  void freeABlobThatAnEdgeNames() {
    for (int i = 0; i < RECORDS; i++) {
      writes.run(put(Stores.key(i), Stores.value(i)));
    }
    List<Long> blobs = new ArrayList<>(store.pool.blobs().ids());
    blobs.remove(store.pool.rootBlob());
    freed = blobs.getLast();
    long stamp = store.gate.enter();
    try {
      store.pool.free(freed);
    } finally {
      store.gate.leave(stamp);
    }
    Watchdog.within(
        PATIENCE,
        () -> {
          for (int i = 0; i < RECORDS; i++) {
            try {
              reads.value(Stores.key(i));
            } catch (CorruptionException e) {
              lost.add(Stores.key(i));
            }
          }
        });
    assertTrue(!lost.isEmpty() && lost.size() < RECORDS, lost.size() + " lost records");
  }

  @AfterEach
  void close() {
    io.drey.Stores.close(store);
  }

  private static KeyChange put(byte[] key, byte[] value) {
    byte[] physical = TreeKeys.physical(Catalogue.DEFAULT_TREE, key);
    return KeyChange.put(physical, value, KeyChange.Previous.IGNORED);
  }

  @Test
  void isCorruptionToEveryReadAndChange() {
    byte[] key = lost.getFirst();
    refused(() -> reads.entry(key));
    refused(() -> reads.contains(key));
    refused(() -> reads.values(new byte[][] {key, lost.getLast()}));
    refused(() -> prefixReads.longestPrefix(key));
    refused(() -> prefixReads.count(new byte[0]));
    refused(() -> writes.run(put(key, new byte[] {1})));
    Scan scan =
        Scan.of(
            new TreeSections(store, View.live(store)),
            TreeKeys.physical(1, new byte[0]),
            new byte[0]);
    refused(() -> scan.keysOnly().stream().count());
    refused(() -> scan.reverse().stream().count());
  }

  @Test
  void isAViolationThatTheCheckNamesAndGoesOnFrom() {
    Watchdog.within(
        PATIENCE,
        () -> {
          List<Violation> violations = new WholeCheck(store).run();
          assertTrue(
              violations.stream()
                  .anyMatch(v -> v.check() == Check.EDGE_TARGET && v.blob() == freed),
              violations.toString());
        });
  }

  @Test
  void endsACompaction() {
    Watchdog.within(
        PATIENCE, () -> assertThrows(StoreFailedException.class, () -> Maintenance.compact(store)));
  }

  private static void refused(Executable call) {
    Watchdog.within(
        PATIENCE,
        () ->
            assertEquals(Check.NODE_BOUNDS, assertThrows(CorruptionException.class, call).check()));
  }
}
