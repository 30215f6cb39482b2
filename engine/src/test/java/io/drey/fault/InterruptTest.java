package io.drey.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.Durability;
import io.drey.RangeEntry;
import io.drey.Tree;
import io.drey.TreeConfig;
import io.drey.testing.Calls;
import io.drey.testing.Limits;
import io.drey.testing.Stores;
import io.drey.testing.Watchdog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** {@code Thread.interrupt} in any method harms nobody: the call completes, the flag stays set. */
@Tag("both-sizes")
class InterruptTest {
  private static final int RECORDS = 4_000;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final byte[] CALLS = "call/".getBytes(ISO_8859_1);

  @TempDir Path ground;

  private TreeConfig config() {
    return Stores.config(ground.resolve("store")).withDurability(Durability.SYNC);
  }

  @Nested
  class AThreadWhoseFlagIsSet {
    @TestFactory
    List<DynamicTest> completesEveryCall() {
      List<DynamicTest> tests = new ArrayList<>();
      Calls.all()
          .forEach((signature, call) ->
              tests.add(
                  DynamicTest.dynamicTest(
                      signature, () -> Watchdog.within(PATIENCE, () -> callInterrupted(call)))));
      return tests;
    }

    private void callInterrupted(Calls.Call call) {
      try (Tree tree = Tree.open(config())) {
        Stores.fill(tree, 0, 300);
        tree.checkpoint();
        Thread.currentThread().interrupt();
        call.on(tree);
        assertTrue(Thread.interrupted(), "the flag was taken away");
        tree.scan(CALLS).stream().toList().forEach(entry -> delete(tree, entry));
        Stores.verify(tree, 300);
      }
      try (Tree again = Tree.open(config())) {
        Stores.verify(again, 300);
        Stores.contents(again).keySet().forEach(again::delete);
      }
    }

    @Test
    void opensAndCloses() {
      Watchdog.within(
          PATIENCE,
          () -> {
            for (int records = 0; records < 200; records += 100) {
              Thread.currentThread().interrupt();
              Tree tree = Tree.open(config());
              assertTrue(Thread.interrupted(), "open took the flag away");
              Stores.verify(tree, records);
              Stores.fill(tree, records, records + 100);
              Thread.currentThread().interrupt();
              tree.close();
              assertTrue(Thread.interrupted(), "close took the flag away");
            }
          });
    }
  }

  @Nested
  class AThreadInterruptedAllTheTime {
    private static final int ROUNDS = 8;

    @Test
    void loadsAndSpillsAndForcesAndHarmsNobody() {
      try (Tree tree = Tree.open(config().withDurability(Durability.OS))) {
        AtomicBoolean over = new AtomicBoolean();
        Watchdog watchdog = Watchdog.patientFor(PATIENCE);
        Thread victim =
            watchdog.launch(
                "victim",
                () -> {
                  try {
                    work(tree);
                  } finally {
                    over.set(true);
                  }
                });
        watchdog.start(
            "interrupter",
            () -> {
              while (!over.get()) {
                victim.interrupt();
                Thread.onSpinWait();
              }
            });
        watchdog.start("bystander", () -> readUntil(over, tree));
        watchdog.join();
        Stores.verify(tree, RECORDS);
      }
      try (Tree again = Tree.open(config())) {
        Stores.verify(again, RECORDS);
      }
    }

    private static void work(Tree tree) {
      Stores.fill(tree, 0, RECORDS);
      byte[] large = new byte[Limits.KEY_BYTES_MAX];
      for (int round = 0; round < ROUNDS; round++) {
        for (int number = 0; number < 60; number++) {
          tree.set(large(number), large);
        }
        Calls.all().values().forEach(call -> call.on(tree));
        tree.checkpoint();
        for (int number = 0; number < 60; number++) {
          assertEquals(large.length, large(tree, number).length);
        }
        Stores.fill(tree, 0, RECORDS / ROUNDS);
      }
      for (int number = 0; number < 60; number++) {
        tree.delete(large(number));
      }
      tree.scan(CALLS).stream().toList().forEach(entry -> delete(tree, entry));
    }

    private static byte[] large(Tree tree, int number) {
      byte[] value = tree.get(large(number));
      return value == null ? new byte[0] : value;
    }

    private static byte[] large(int number) {
      return Stores.key(10_000_000 + number);
    }

    private static void readUntil(AtomicBoolean over, Tree tree) {
      for (int number = 0; !over.get(); number = (number + 1) % RECORDS) {
        byte[] value = tree.get(Stores.key(number));
        assertTrue(value == null || value.length == Stores.value(number).length);
      }
    }
  }

  private static void delete(Tree tree, RangeEntry entry) {
    if (entry instanceof RangeEntry.Key record) {
      tree.delete(record.key());
    }
  }
}
