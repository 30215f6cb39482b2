package io.drey.profile.golden;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drey.CheckpointPolicy;
import io.drey.DeviceStores;
import io.drey.Durability;
import io.drey.Snapshot;
import io.drey.Tree;
import io.drey.TreeConfig;
import io.drey.TreeStats;
import io.drey.vfs.Vfs;
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
    try (Tree tree = openOverSlowForces()) {
      List<Thread> committers = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        int first = i * 1_000;
        committers.add(Thread.ofPlatform().start(() -> commit(tree, first, 60)));
      }
      for (Thread committer : committers) {
        committer.join();
      }
    }
  }

  private static void commit(Tree tree, int first, int records) {
    for (int i = first; i < first + records; i++) {
      tree.set(key(i), key(i));
    }
  }

  /** SYNC by one thread; a force takes at least two milliseconds. */
  static void commitAlone(Path unused) {
    try (Tree tree = openOverSlowForces()) {
      commit(tree, 0, 300);
    }
  }

  /** The same changes in few calls, then some in memory: the time is not spent in forces. */
  static void commitInBatches(Path unused) {
    try (Tree tree = openOverSlowForces()) {
      for (int i = 0; i < 30; i++) {
        int first = i * 10;
        tree.atomic(batch -> {
          for (int k = first; k < first + 10; k++) {
            batch.put(key(k), key(k));
          }
        });
        for (int read = 0; read < 20_000; read++) {
          tree.get(key(read));
        }
      }
    }
  }

  private static Tree openOverSlowForces() {
    TamperedDevice device = new TamperedDevice();
    device.tamper((call, file) -> {
      if (call.equals("force") && file.startsWith("journal")) {
        TamperedDevice.delay(2);
      }
    });
    TreeConfig config = TreeConfig.at(TamperedDevice.directory()).withDurability(Durability.SYNC);
    return DeviceStores.open(config, device.vfs(), 1 << 20);
  }

  private static void write(CheckpointPolicy policy, long forceMillis, int segments) {
    TamperedDevice device = new TamperedDevice();
    TreeConfig config = TreeConfig.at(TamperedDevice.directory()).withCheckpoint(policy);
    try (Tree tree = DeviceStores.open(config, device.vfs(), SEGMENT_BYTES)) {
      device.tamper((call, file) -> {
        if (call.equals("force") && file.equals("data")) {
          TamperedDevice.delay(forceMillis);
        }
      });
      for (int i = 0; i < segments * SEGMENT_BYTES / 1_000; i++) {
        tree.set(key(i % 100), new byte[1_000]);
      }
      Ticks.await();
      device.tamper((call, file) -> {});
    }
  }

  private static CheckpointPolicy byJournal() {
    return new CheckpointPolicy(true, Duration.ofHours(1), SEGMENT_BYTES, 1);
  }

  /** A round takes longer than the journal takes to make the next one due. */
  static void outrunRounds(Path unused) {
    write(byJournal(), 20, 60);
  }

  /** A round takes so long that writers wait for it. */
  static void meetTheLimit(Path unused) {
    write(byJournal(), 300, 12);
  }

  /** As many changes on the same device, with more journal for each round. */
  static void seldomCheckpoint(Path unused) {
    write(CheckpointPolicy.defaults(), 20, 60);
  }

  /** Random reads of more than the smallest pool holds. */
  static void readMoreThanFits(Path directory) {
    readAtRandom(TreeConfig.at(directory).withPoolBytes(TreeConfig.minimumPoolBytes()));
  }

  /** The same reads, with a pool of the usual size. */
  static void readWhatFits(Path directory) {
    readAtRandom(TreeConfig.at(directory));
  }

  private static void readAtRandom(TreeConfig config) {
    try (Tree tree = Tree.open(config)) {
      fill(tree, 80_000);
      Random random = new Random(SEED);
      for (int i = 0; i < 4_000; i++) {
        tree.get(key(random.nextInt(80_000)));
      }
      Ticks.await();
    }
  }

  /** Nine of ten records go, in key order. */
  static void deleteMost(Path directory) {
    try (Tree tree = Tree.open(TreeConfig.at(directory))) {
      fill(tree, 80_000);
      deleteNineOfTen(tree);
      Ticks.await();
    }
  }

  /** The same, and what is left is packed. */
  static void deleteMostAndCompact(Path directory) {
    try (Tree tree = Tree.open(TreeConfig.at(directory))) {
      fill(tree, 80_000);
      deleteNineOfTen(tree);
      tree.compact();
      Ticks.await();
    }
  }

  private static void deleteNineOfTen(Tree tree) {
    for (int i = 0; i < 80_000; i++) {
      if (i % 10 != 0) {
        tree.delete(key(i));
      }
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

  /** The snapshot is closed before everything is written anew. */
  static void closeASnapshot(Path directory) {
    try (Tree tree = Tree.open(TreeConfig.at(directory))) {
      fill(tree, 60_000);
      try (Snapshot snapshot = tree.snapshot()) {
        snapshot.get(key(1));
      }
      fill(tree, 60_000);
      Ticks.await();
    }
  }

  /** A few changes in each blob, and a round every few of them. */
  static void checkpointTooOften(Path unused) {
    CheckpointPolicy hasty = new CheckpointPolicy(true, Duration.ofMillis(20), 1 << 20, 1);
    Vfs device = new TamperedDevice().vfs();
    TreeConfig config = TreeConfig.at(TamperedDevice.directory());
    try (Tree tree = DeviceStores.open(config, device, 1 << 20)) {
      fill(tree, 60_000);
    }
    try (Tree tree = DeviceStores.open(config.withCheckpoint(hasty), device, 1 << 20)) {
      TreeStats before = tree.stats();
      Random random = new Random(SEED);
      while (tree.stats().checkpointRoundsSucceeded() < before.checkpointRoundsSucceeded() + 5
          || tree.stats().blobsWritten() < before.blobsWritten() + 128) {
        tree.set(key(random.nextInt(60_000)), new byte[200]);
        LockSupport.parkNanos(100_000);
      }
    }
  }

  /** Changes all over the tree until four rounds came by themselves. */
  static void checkpointByDefault(Path unused) {
    Vfs device = new TamperedDevice().vfs();
    try (Tree tree =
        DeviceStores.open(TreeConfig.at(TamperedDevice.directory()), device, 1 << 20)) {
      fill(tree, 60_000);
      Random random = new Random(SEED);
      while (tree.stats().checkpointRoundsSucceeded() < 4) {
        for (int i = 0; i < 1_000; i++) {
          tree.set(key(random.nextInt(60_000)), new byte[200]);
        }
      }
    }
  }
}
