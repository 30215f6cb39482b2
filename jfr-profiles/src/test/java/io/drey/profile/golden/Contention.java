package io.drey.profile.golden;

import static io.drey.profile.golden.Workloads.key;

import io.drey.Tree;
import io.drey.TreeConfig;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** Threads that are in each other's way. */
final class Contention {
  private Contention() {}

  /** One thread changes a key without a pause, another reads its neighbour. */
  static void changeWhatIsRead(Path unused) throws InterruptedException {
    try (Tree tree = Tree.open(TreeConfig.memory())) {
      Workloads.fill(tree, 1_000);
      AtomicBoolean goOn = new AtomicBoolean(true);
      Thread writer =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; goOn.get(); i++) {
                      tree.set(key(1), new byte[i % 2 == 0 ? 200 : 180]);
                    }
                  });
      Thread reader =
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (goOn.get()) {
                      tree.get(key(1));
                    }
                  });
      while (tree.stats().optimisticRestarts() < 20_000) {
        tree.get(key(2));
      }
      goOn.set(false);
      writer.join();
      reader.join();
    }
  }

  /** A batch over all blobs runs alone; another thread wants to write meanwhile. */
  static void batchOverManyBlobs(Path unused) throws InterruptedException {
    try (Tree tree = Tree.open(TreeConfig.memory())) {
      Workloads.fill(tree, 150_000);
      AtomicBoolean goOn = new AtomicBoolean(true);
      Thread writer =
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (goOn.get()) {
                      tree.set(key(1), new byte[200]);
                    }
                  });
      for (int round = 0; round < 3; round++) {
        tree.atomic(
            batch -> {
              for (int i = 0; i < 100_000; i++) {
                batch.put(key(i), new byte[100]);
              }
            });
      }
      goOn.set(false);
      writer.join();
    }
  }
}
