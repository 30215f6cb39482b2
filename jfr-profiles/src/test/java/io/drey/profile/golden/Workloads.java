package io.drey.profile.golden;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drey.CheckpointPolicy;
import io.drey.DeviceStores;
import io.drey.Durability;
import io.drey.Snapshot;
import io.drey.Tree;
import io.drey.TreeConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Stores that do well, and stores that are set up badly for what they do. */
final class Workloads {
  static final int SEGMENT_BYTES = 64 << 10;
  private static final long SEED = 20_261_125;

  private Workloads() {}

  static byte[] key(int number) {
    return "/data/%05d/%07d".formatted(number % 997, number).getBytes(UTF_8);
  }

  static void fill(Tree tree, int records) {
    for (int i = 0; i < records; i++) {
      tree.set(key(i), new byte[200]);
    }
  }

  /** Commits in groups, reads what fits, a short snapshot, an opening after a close. */
  static void calm(Path unused) throws InterruptedException {
    TamperedDevice device = new TamperedDevice();
    TreeConfig config = TreeConfig.at(TamperedDevice.directory());
    try (Tree tree = DeviceStores.open(config, device.vfs(), 1 << 20)) {
      fill(tree, 60_000);
      for (int i = 0; i < 60_000; i++) {
        tree.get(key(i));
      }
      try (Snapshot snapshot = tree.snapshot()) {
        snapshot.get(key(1));
        tree.set(key(1), key(2));
      }
      tree.checkpoint();
      Ticks.await();
    }
    device.tamper(
        (call, file) -> {
          if (call.equals("force") && file.startsWith("journal")) {
            TamperedDevice.delay(2);
          }
        });
    TreeConfig durable = config.withDurability(Durability.SYNC);
    try (Tree tree = DeviceStores.open(durable, device.vfs(), 1 << 20)) {
      List<Thread> committers = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        int first = i * 1_000;
        committers.add(Thread.ofPlatform().start(() -> commit(tree, first)));
      }
      for (Thread committer : committers) {
        committer.join();
      }
    }
  }

  private static void commit(Tree tree, int first) {
    for (int i = first; i < first + 60; i++) {
      tree.set(key(i), key(i));
    }
  }

  /** SYNC by one thread; a force takes at least a millisecond. */
  static void commitAlone(Path unused) {
    TamperedDevice device = new TamperedDevice();
    device.tamper(
        (call, file) -> {
          if (call.equals("force") && file.startsWith("journal")) {
            TamperedDevice.delay(1);
          }
        });
    TreeConfig config =
        TreeConfig.at(TamperedDevice.directory()).withDurability(Durability.SYNC);
    try (Tree tree = DeviceStores.open(config, device.vfs(), 1 << 20)) {
      commit(tree, 0);
    }
  }

  private static TreeConfig byJournal() {
    return TreeConfig.at(TamperedDevice.directory())
        .withCheckpoint(new CheckpointPolicy(true, Duration.ofHours(1), SEGMENT_BYTES, 1));
  }

  private static void write(long forceMillis, int segments) {
    TamperedDevice device = new TamperedDevice();
    try (Tree tree = DeviceStores.open(byJournal(), device.vfs(), SEGMENT_BYTES)) {
      device.tamper(
          (call, file) -> {
            if (call.equals("force") && file.equals("data")) {
              TamperedDevice.delay(forceMillis);
            }
          });
      for (int i = 0; i < segments * SEGMENT_BYTES / 1_000; i++) {
        tree.set(key(i % 100), new byte[1_000]);
      }
      device.tamper((call, file) -> {});
    }
  }

  /** A round takes longer than the journal takes to make the next one due. */
  static void outrunRounds(Path unused) {
    write(20, 60);
  }

  /** A round takes so long that writers wait for it. */
  static void meetTheLimit(Path unused) {
    write(300, 12);
  }

  /** Random reads of more than the smallest pool holds. */
  static void readMoreThanFits(Path directory) {
    TreeConfig config =
        TreeConfig.at(directory).withPoolBytes(TreeConfig.minimumPoolBytes());
    try (Tree tree = Tree.open(config)) {
      fill(tree, 150_000);
      Random random = new Random(SEED);
      for (int i = 0; i < 20_000; i++) {
        tree.get(key(random.nextInt(150_000)));
      }
      Ticks.await();
    }
  }

  /** Nine of ten records go, in key order. */
  static void deleteMost(Path directory) {
    try (Tree tree = Tree.open(TreeConfig.at(directory))) {
      fill(tree, 80_000);
      for (int i = 0; i < 80_000; i++) {
        if (i % 10 != 0) {
          tree.delete(key(i));
        }
      }
      Ticks.await();
    }
  }

  /** Everything is written anew under a snapshot. */
  static void keepASnapshot(Path directory) {
    try (Tree tree = Tree.open(TreeConfig.at(directory))) {
      fill(tree, 60_000);
      try (Snapshot snapshot = tree.snapshot()) {
        fill(tree, 60_000);
        snapshot.get(key(1));
        Ticks.await();
      }
    }
  }

  /** A few changes in each blob, and a round every few of them. */
  static void checkpointTooOften(Path directory) {
    CheckpointPolicy hasty = new CheckpointPolicy(true, Duration.ofMillis(20), 1 << 20, 1);
    try (Tree tree = Tree.open(TreeConfig.at(directory))) {
      fill(tree, 60_000);
    }
    try (Tree tree = Tree.open(TreeConfig.at(directory).withCheckpoint(hasty))) {
      long before = tree.stats().checkpointRoundsSucceeded();
      for (int i = 0; tree.stats().checkpointRoundsSucceeded() < before + 8; i = (i + 997) % 60_000) {
        tree.set(key(i), new byte[200]);
        LockSupport.parkNanos(100_000);
      }
    }
  }
}
