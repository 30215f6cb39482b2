package io.drey.profile.golden;

import static io.drey.profile.golden.Workloads.key;

import io.drey.Tree;
import io.drey.TreeConfig;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

/** Threads that are in each other's way. */
final class Contention {
  /** Records that nearly fill the largest batch there may be. */
  private static final int MANY = 85_000;

  private Contention() {}

  /** One thread changes a key without a pause, another reads it. */
  static void changeWhatIsRead(Path unused) throws InterruptedException {
    try (Tree tree = Tree.open(TreeConfig.memory())) {
      Workloads.fill(tree, 1_000);
      AtomicBoolean goOn = new AtomicBoolean(true);
      Thread writer =
          whileTrue(goOn, turn -> tree.set(key(1), new byte[turn % 2 == 0 ? 200 : 180]));
      Thread reader = whileTrue(goOn, _ -> tree.get(key(1)));
      while (tree.stats().optimisticRestarts() < 20_000) {
        tree.get(key(2));
      }
      for (int i = 0; i < 8; i++) { // events are throttled: what is told is not the last of them
        Ticks.await();
      }
      goOn.set(false);
      writer.join();
      reader.join();
    }
  }

  /**
   * Many changes of the key are one batch now and then, as only the last of them counts. So seldom
   * that the rule finds few restarts however the threads are scheduled: the one reader begins a
   * walk anew 256 times at most, and a batch meets one walk.
   */
  static void changeInBatches(Path unused) throws InterruptedException {
    try (Tree tree = Tree.open(TreeConfig.memory())) {
      Workloads.fill(tree, 1_000);
      AtomicBoolean goOn = new AtomicBoolean(true);
      Thread reader = whileTrue(goOn, _ -> tree.get(key(1)));
      for (int i = 0; i < 3; i++) {
        tree.atomic(batch -> batch.put(key(1), new byte[200]).put(key(1), new byte[180]));
        for (int k = 0; k < 50_000; k++) {
          tree.get(key(2));
        }
      }
      goOn.set(false);
      reader.join();
    }
  }

  /** A batch over all blobs runs alone; another thread wants to write meanwhile. */
  static void batchOverManyBlobs(Path unused) throws InterruptedException {
    putInBatchesOf(MANY);
  }

  /** The same changes in pieces. */
  static void splitBatches(Path unused) throws InterruptedException {
    putInBatchesOf(100);
  }

  private static void putInBatchesOf(int records) throws InterruptedException {
    try (Tree tree = Tree.open(TreeConfig.memory())) {
      Workloads.fill(tree, 150_000);
      AtomicBoolean goOn = new AtomicBoolean(true);
      Thread writer = whileTrue(goOn, _ -> tree.set(key(1), new byte[200]));
      for (int first = 0; first < 3 * MANY; first += records) {
        int from = first % MANY;
        tree.atomic(batch -> {
          for (int i = from; i < from + records; i++) {
            batch.put(key(i), new byte[50]);
          }
        });
      }
      goOn.set(false);
      writer.join();
    }
  }

  /** Does so again and again, and tells the number of the turn. */
  private static Thread whileTrue(AtomicBoolean goOn, IntConsumer step) {
    return Thread.ofPlatform()
        .start(() -> {
          for (int turn = 0; goOn.get(); turn++) {
            step.accept(turn);
          }
        });
  }
}
