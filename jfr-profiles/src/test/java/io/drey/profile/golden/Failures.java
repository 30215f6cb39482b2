package io.drey.profile.golden;

import static io.drey.profile.golden.Workloads.key;

import io.drey.CheckpointPolicy;
import io.drey.CorruptionException;
import io.drey.DeviceStores;
import io.drey.DreyException;
import io.drey.Durability;
import io.drey.Tree;
import io.drey.TreeConfig;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

/** Devices that fail or become slow, processes that die, programs that forget. */
final class Failures {
  private static final int SEGMENT_BYTES = 1 << 20;

  private Failures() {}

  /** Forces take one millisecond, and twenty later on. */
  static void slowDown(Path unused) {
    commit(Durability.SYNC, 300, force -> force < 240 ? 1 : 20);
  }

  /** A force takes 15 ms from the first one on. */
  static void forceSlowly(Path unused) {
    commit(Durability.SYNC, 150, _ -> 15);
  }

  /** On the same device. */
  static void waitForNoForce(Path unused) {
    commit(Durability.OS, 20_000, _ -> 15);
  }

  private static void commit(Durability durability, int records, IntUnaryOperator forceMillis) {
    TamperedDevice device = new TamperedDevice();
    AtomicInteger forces = new AtomicInteger();
    device.tamper((call, file) -> {
      if (call.equals("force") && file.startsWith("journal")) {
        TamperedDevice.delay(forceMillis.applyAsInt(forces.incrementAndGet()));
      }
    });
    TreeConfig config = TreeConfig.at(TamperedDevice.directory()).withDurability(durability);
    try (Tree tree = DeviceStores.open(config, device.vfs(), SEGMENT_BYTES)) {
      for (int i = 0; i < records; i++) {
        tree.set(key(i), key(i));
      }
    }
  }

  static void failAForce(Path unused) {
    TamperedDevice device = new TamperedDevice();
    TreeConfig config = TreeConfig.at(TamperedDevice.directory()).withDurability(Durability.SYNC);
    Tree tree = DeviceStores.open(config, device.vfs(), SEGMENT_BYTES);
    device.tamper((call, file) -> {
      if (call.equals("force")) {
        throw new FileSystemException(file, null, "Input/output error");
      }
    });
    expectFailure(() -> tree.set(key(1), key(1)));
    expectFailure(tree::close);
  }

  /** The data file takes nothing for one round. */
  static void fillTheDisk(Path unused) {
    TamperedDevice device = new TamperedDevice();
    TreeConfig config = TreeConfig.at(TamperedDevice.directory());
    try (Tree tree = DeviceStores.open(config, device.vfs(), SEGMENT_BYTES)) {
      tree.set(key(1), key(1));
      device.tamper((call, file) -> {
        if (call.startsWith("write") && file.equals("data")) {
          throw new FileSystemException(file, null, "No space left on device");
        }
      });
      expectFailure(tree::checkpoint);
      device.tamper((call, file) -> {});
    }
  }

  static void damageTheData(Path directory) throws IOException {
    try (Tree tree = Tree.open(TreeConfig.at(directory))) {
      Workloads.fill(tree, 20_000);
    }
    try (RandomAccessFile data = new RandomAccessFile(directory.resolve("data").toFile(), "rw")) {
      for (long at = 100; at < data.length(); at += 4096) {
        data.seek(at);
        data.write(0x5A);
      }
    }
    try (Tree tree = Tree.open(TreeConfig.at(directory))) {
      tree.get(key(10));
    } catch (CorruptionException e) {
      // That is what the recording tells.
    }
  }

  /** The files as a killed process leaves them, with everything in the journal, opened again. */
  static void crashWithALongJournal(Path directory) throws IOException {
    Path copy = directory.resolveSibling(directory.getFileName() + "-killed");
    TreeConfig config = TreeConfig.at(directory).withCheckpoint(CheckpointPolicy.onRequest());
    try (Tree tree = Tree.open(config)) {
      Workloads.fill(tree, 400_000);
      Files.createDirectory(copy);
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.toList()) {
          Files.copy(file, copy.resolve(file.getFileName()));
        }
      }
    }
    Tree.open(TreeConfig.at(copy)).close();
  }

  /** The same, closed before it is opened again. */
  static void closeALongJournal(Path directory) {
    TreeConfig config = TreeConfig.at(directory).withCheckpoint(CheckpointPolicy.onRequest());
    try (Tree tree = Tree.open(config)) {
      Workloads.fill(tree, 400_000);
    }
    Tree.open(TreeConfig.at(directory)).close();
  }

  static void leakASnapshot(Path unused) {
    try (Tree tree = Tree.open(TreeConfig.memory())) {
      Workloads.fill(tree, 100);
      leak(tree);
      while (tree.stats().snapshots() > 0) {
        System.gc();
        Thread.onSpinWait();
      }
    }
  }

  private static void leak(Tree tree) {
    tree.snapshot().seq();
  }

  private static void expectFailure(Runnable call) {
    List<DreyException> met = new ArrayList<>();
    try {
      call.run();
    } catch (DreyException e) {
      met.add(e);
    }
    if (met.isEmpty()) {
      throw new AssertionError("the device failed, the call did not");
    }
  }
}
