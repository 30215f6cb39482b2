package io.drey.fault;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drey.ClosedException;
import io.drey.Cursor;
import io.drey.Scan;
import io.drey.Tree;
import io.drey.TreeConfig;
import io.drey.Visit;
import io.drey.testing.Calls;
import io.drey.testing.Stores;
import io.drey.testing.Watchdog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Calls after {@code close}, and calls under way while another thread closes. */
@Tag("both-sizes")
class ClosedTreeTest {
  private static final int RECORDS = 3_000;

  @TempDir Path ground;

  @Nested
  class AClosedTree {
    private Tree tree = Tree.open(Stores.memory());

    @BeforeEach
    void close() {
      tree = Tree.open(Stores.config(ground.resolve("closed")));
      Stores.fill(tree, 0, 10);
      tree.close();
    }

    @TestFactory
    List<DynamicTest> refusesEveryCall() {
      List<DynamicTest> tests = new ArrayList<>();
      Calls.all()
          .forEach((signature, call) ->
              tests.add(
                  DynamicTest.dynamicTest(
                      signature, () -> assertThrows(ClosedException.class, () -> call.on(tree)))));
      return tests;
    }

    @Test
    void closesAgainWithoutEffect() {
      assertDoesNotThrow(tree::close);
    }

    @Test
    void opensAgainWithAllItHeld() {
      try (Tree again = Tree.open(Stores.config(ground.resolve("closed")))) {
        Stores.verify(again, 10);
      }
    }
  }

  @Nested
  class WhatWasMadeBeforeClose {
    @Test
    void refusesToGoOn() {
      Tree tree = Tree.open(Stores.memory());
      Stores.fill(tree, 0, RECORDS);
      Scan scan = tree.scan();
      Cursor cursor = scan.cursor();
      cursor.next();
      tree.close();
      assertThrows(ClosedException.class, cursor::hasNext);
      assertThrows(ClosedException.class, cursor::next);
      assertDoesNotThrow(cursor::close);
      assertThrows(ClosedException.class, () -> scan.visit((b, k, l, v, n, x) -> Visit.CONTINUE));
      assertThrows(ClosedException.class, scan::cursor);
    }

    @Test
    void isOverWhenTheCursorIsClosedAndTheTreeIsNot() {
      try (Tree tree = Tree.open(Stores.memory())) {
        Stores.fill(tree, 0, 10);
        Cursor cursor = tree.scan().cursor();
        cursor.close();
        cursor.close();
        assertThrows(ClosedException.class, cursor::hasNext);
        assertThrows(ClosedException.class, cursor::next);
        Stores.verify(tree, 10);
      }
    }

    @Test
    void endsAVisitThatClosesTheTreeItself() {
      Tree tree = Tree.open(Stores.memory());
      Stores.fill(tree, 0, RECORDS);
      assertThrows(
          ClosedException.class,
          () ->
              tree.scan()
                  .visit((b, k, l, v, n, x) -> {
                    tree.close();
                    return Visit.CONTINUE;
                  }));
    }
  }

  /** Threads call until the tree is closed under them. */
  @Nested
  class CloseWhileOthersCall {
    private static final int ROUNDS = 12;
    private static final int WRITERS = 2;
    private static final int CALLS_BEFORE_CLOSE = 400;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void endsEveryCallInMemory() {
      for (int round = 0; round < ROUNDS; round++) {
        Tree tree = Tree.open(Stores.memory());
        closeUnder(tree, new AtomicIntegerArray(WRITERS));
      }
    }

    @Test
    void keepsWhatWasAcknowledgedInADirectory() {
      for (int round = 0; round < ROUNDS; round++) {
        TreeConfig config = Stores.config(ground.resolve("round-" + round));
        AtomicIntegerArray acknowledged = new AtomicIntegerArray(WRITERS);
        closeUnder(Tree.open(config), acknowledged);
        try (Tree again = Tree.open(config)) {
          assertEquals(List.of(), again.check());
          for (int writer = 0; writer < WRITERS; writer++) {
            for (int number = 0; number < acknowledged.get(writer); number++) {
              assertFalse(
                  again.get(key(writer, number)) == null,
                  "writer " + writer + " lost its record " + number);
            }
          }
        }
      }
    }

    private void closeUnder(Tree tree, AtomicIntegerArray acknowledged) {
      Stores.fill(tree, 0, 200);
      CountDownLatch calls = new CountDownLatch(CALLS_BEFORE_CLOSE);
      Watchdog watchdog = Watchdog.patientFor(PATIENCE);
      for (int i = 0; i < WRITERS; i++) {
        int writer = i;
        watchdog.start(
            "writer",
            () ->
                untilClosed(
                    calls,
                    () -> {
                      int number = acknowledged.get(writer);
                      tree.set(key(writer, number), Stores.value(number));
                      acknowledged.set(writer, number + 1);
                    }));
      }
      watchdog.start("reader", () -> untilClosed(calls, () -> tree.get(Stores.key(7))));
      byte[][] several = new byte[100][];
      Arrays.setAll(several, Stores::key);
      watchdog.start("group reader", () -> untilClosed(calls, () -> tree.getAll(several)));
      watchdog.start("scanner", () -> untilClosed(calls, () -> tree.scan().stream().count()));
      watchdog.start(
          "backward scanner",
          () -> untilClosed(calls, () -> tree.scan().reverse().stream().count()));
      watchdog.start(
          "updater", () -> untilClosed(calls, () -> tree.update(Stores.key(9), before -> before)));
      watchdog.start(
          "batches", () -> untilClosed(calls, () -> tree.atomic(b -> b.delete(Stores.key(1)))));
      watchdog.start("checkpoints", () -> untilClosed(calls, tree::checkpoint));
      watchdog.start("counts", () -> untilClosed(calls, () -> tree.count(new byte[0])));
      watchdog.start("checks", () -> untilClosed(calls, tree::check));
      for (int i = 0; i < 2; i++) {
        watchdog.start(
            "closer",
            () -> {
              calls.await();
              tree.close();
            });
      }
      watchdog.join();
    }

    private static byte[] key(int writer, int number) {
      return Stores.key(1_000_000 * (writer + 1) + number);
    }

    private static void untilClosed(CountDownLatch calls, Runnable call) {
      while (true) {
        try {
          call.run();
          calls.countDown();
        } catch (ClosedException e) {
          return;
        }
      }
    }
  }
}
