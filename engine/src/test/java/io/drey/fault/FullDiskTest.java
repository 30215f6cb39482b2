package io.drey.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.DreyException;
import io.drey.Durability;
import io.drey.StorageException;
import io.drey.StoreFailedException;
import io.drey.Tree;
import io.drey.TreeConfig;
import io.drey.TreeOn;
import io.drey.testing.FaultyVfs;
import io.drey.testing.FaultyVfs.Kind;
import io.drey.testing.Limits;
import io.drey.testing.Mount;
import io.drey.testing.Stores;
import io.drey.testing.Watchdog;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A file system that refuses: full, or failing. */
@Tag("both-sizes")
@Tag("mapped-too")
class FullDiskTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int RECORDS = 2_000;

  @TempDir Path ground;

  /** A real file system of a few megabytes; skipped where mounting is not allowed. */
  @Nested
  class AFullFileSystem {
    private static final long SMALL_BYTES = 48L << 20;
    private static final long LARGE_BYTES = 400L << 20;

    @ParameterizedTest
    @EnumSource(
        value = Durability.class,
        names = {"NONE", "OS"})
    void refusesWritesAndKeepsWhatIsThereAndTakesMoreWhenItHasGrown(Durability durability)
        throws IOException {
      Path point = Files.createDirectory(ground.resolve("mount"));
      try (Mount mount = Mount.small(point, SMALL_BYTES)) {
        TreeConfig config = Stores.config(point.resolve("store")).withDurability(durability);
        Watchdog.within(PATIENCE, () -> fillUp(config, mount));
      }
    }

    private void fillUp(TreeConfig config, Mount mount) {
      int stored = 0;
      try (Tree tree = Tree.open(config)) {
        StorageException refusal = null;
        while (refusal == null) {
          try {
            tree.set(Stores.key(stored), large(stored));
            stored++;
            if (stored % 200 == 0) {
              tree.checkpoint();
            }
          } catch (StorageException e) {
            refusal = e;
          }
        }
        assertTrue(String.valueOf(refusal.getMessage()).contains("store"), refusal.getMessage());
        assertLarge(tree, stored);
        assertEquals(List.of(), tree.check());
        mount.resize(LARGE_BYTES);
        for (int more = 0; more < 100; more++) {
          tree.set(Stores.key(stored), large(stored));
          stored++;
        }
        tree.checkpoint();
        assertLarge(tree, stored);
      }
      try (Tree again = Tree.open(config)) {
        assertLarge(again, stored);
        assertEquals(List.of(), again.check());
      }
    }

    private static void assertLarge(Tree tree, int count) {
      assertEquals(count, tree.count(new byte[0]).records());
      for (int number = 0; number < count; number++) {
        byte[] value = tree.get(Stores.key(number));
        assertTrue(
            value != null && java.util.Arrays.equals(value, large(number)), "record " + number);
      }
    }

    private static byte[] large(int number) {
      byte[] value = new byte[Limits.KEY_BYTES_MAX];
      java.util.Arrays.fill(value, (byte) number);
      return value;
    }
  }

  /** Every call but forces fails for a while, one kind after the other. */
  @Nested
  class AFileSystemThatRefusesForAWhile {
    @ParameterizedTest
    @EnumSource(
        value = Kind.class,
        names = {"WRITE", "OPEN", "RENAME", "TRUNCATE", "DELETE"})
    void losesNothingAndWorksAgain(Kind kind) {
      FaultyVfs vfs = new FaultyVfs(Vfs.disk());
      TreeConfig config = Stores.config(ground.resolve("store"));
      Watchdog.within(PATIENCE, () -> refuseForAWhile(vfs, config, kind));
    }

    private void refuseForAWhile(FaultyVfs vfs, TreeConfig config, Kind kind) {
      int stored = 0;
      try (Tree tree = TreeOn.vfs(config, vfs)) {
        for (int round = 0; round < 6; round++) {
          int skipped = round * 3;
          vfs.set((hit, path, number) -> hit == kind && number >= skipped);
          stored = storeUntilRefused(tree, stored, RECORDS * (round + 1) / 6);
          try {
            tree.checkpoint();
          } catch (StorageException e) {
            assertTrue(String.valueOf(e.getMessage()).contains("No space left"));
          }
          Stores.verify(tree, stored);
          vfs.repair();
          Stores.fill(tree, stored, RECORDS * (round + 1) / 6);
          stored = RECORDS * (round + 1) / 6;
          tree.checkpoint();
          Stores.verify(tree, stored);
        }
      }
      try (Tree again = TreeOn.vfs(config, vfs)) {
        Stores.verify(again, stored);
      }
    }

    private static int storeUntilRefused(Tree tree, int from, int to) {
      for (int number = from; number < to; number++) {
        try {
          tree.set(Stores.key(number), Stores.value(number));
        } catch (StorageException e) {
          return number;
        }
      }
      return to;
    }

    @Test
    void failsToOpenWithATypedErrorAndOpensLater() {
      FaultyVfs vfs = new FaultyVfs(Vfs.disk());
      TreeConfig config = Stores.config(ground.resolve("store"));
      try (Tree tree = TreeOn.vfs(config, vfs)) {
        Stores.fill(tree, 0, RECORDS);
      }
      vfs.set((kind, path, number) -> false);
      TreeOn.vfs(config, vfs).close();
      long calls = vfs.repair();
      for (long at = 0; at < calls; at++) {
        long failing = at;
        vfs.set((kind, path, number) -> number == failing);
        try (Tree tree = TreeOn.vfs(config, vfs)) {
          vfs.repair();
          Stores.verify(tree, RECORDS);
        } catch (DreyException e) {
          assertTrue(
              e instanceof StorageException || e instanceof StoreFailedException, e.toString());
        }
        vfs.repair();
        try (Tree tree = TreeOn.vfs(config, vfs)) {
          Stores.verify(tree, RECORDS);
        }
      }
    }
  }

  @Nested
  class AFailedForce {
    @Test
    void endsAllWritesUntilTheStoreIsOpenedAgainAndKeepsWhatWasAcknowledged() {
      FaultyVfs vfs = new FaultyVfs(Vfs.disk());
      TreeConfig config = Stores.config(ground.resolve("store")).withDurability(Durability.SYNC);
      Watchdog.within(
          PATIENCE,
          () -> {
            try (Tree tree = TreeOn.vfs(config, vfs)) {
              Stores.fill(tree, 0, 100);
              vfs.set((kind, path, number) -> kind == Kind.FORCE);
              assertThrows(
                  StoreFailedException.class, () -> tree.set(Stores.key(100), Stores.value(100)));
              vfs.repair();
              assertThrows(
                  StoreFailedException.class, () -> tree.set(Stores.key(101), Stores.value(101)));
              assertThrows(StoreFailedException.class, tree::checkpoint);
              assertTrue(tree.contains(Stores.key(99)), "reads go on");
            } catch (StoreFailedException e) {
              assertFalse(String.valueOf(e.getMessage()).isEmpty());
            }
            try (Tree again = TreeOn.vfs(config, vfs)) {
              again.delete(Stores.key(100));
              Stores.verify(again, 100);
              Stores.fill(again, 100, 200);
              Stores.verify(again, 200);
            }
          });
    }
  }

  @Nested
  class AFailedRead {
    @Test
    void isATypedErrorAndTheNextReadSucceeds() {
      FaultyVfs vfs = new FaultyVfs(Vfs.disk());
      TreeConfig config = Stores.config(ground.resolve("store"));
      try (Tree tree = TreeOn.vfs(config, vfs)) {
        Stores.fill(tree, 0, RECORDS);
      }
      try (Tree tree = TreeOn.vfs(config, vfs)) {
        vfs.set((kind, path, number) -> kind == Kind.READ);
        try {
          Stores.verifyContents(tree, RECORDS);
        } catch (StorageException e) {
          assertTrue(String.valueOf(e.getMessage()).contains("data"));
        }
        vfs.repair();
        Stores.verify(tree, RECORDS);
      }
    }
  }
}
