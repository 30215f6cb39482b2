package io.drey;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drey.HookedVfs.Effect;
import io.drey.engine.frame.LatchedFrame;
import io.drey.engine.mutation.Catalogue;
import io.drey.testing.Stores;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import jdk.jfr.EventType;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** A life of stores in which everything happens that an event tells of, and what was recorded. */
final class EventScript {
  private static final int RECORDS = 120_000;
  private static final int SEGMENT_BYTES = 64 << 10;

  final Path directory;
  private final HookedVfs vfs = new HookedVfs(Vfs.disk());

  private EventScript(Path directory) {
    this.directory = directory;
  }

  /** Runs the script under a recording of everything, and gives its events. */
  static List<RecordedEvent> run(Path directory) throws Exception {
    try (Recording recording = new Recording()) {
      recording.setSettings(everything());
      recording.start();
      new EventScript(directory.resolve("store")).play();
      recording.stop();
      Path file = directory.resolve("recording.jfr");
      recording.dump(file);
      return RecordingFile.readAllEvents(file).stream()
          .filter(event -> event.getEventType().getName().startsWith("io.drey."))
          .toList();
    }
  }

  private static Map<String, String> everything() {
    Map<String, String> settings = new HashMap<>();
    for (EventType type : EventTypes.all()) {
      settings.put(type.getName() + "#enabled", "true");
      settings.put(type.getName() + "#threshold", "0 ns");
      settings.put(type.getName() + "#throttle", "off");
      settings.put(type.getName() + "#period", "20 ms");
    }
    return settings;
  }

  private Tree open(TreeConfig config) {
    return Tree.open(config, vfs, SEGMENT_BYTES);
  }

  private TreeConfig config() {
    return Stores.config(directory).withDurability(Durability.SYNC);
  }

  private static byte[] key(int number) {
    return "/data/%05d/%07d".formatted(number % 997, number).getBytes(UTF_8);
  }

  private void play() throws Exception {
    fill();
    change();
    contend();
    workAlone();
    shrink();
    press();
    recover();
    refuse();
    damage();
    fail();
  }

  /** More than the pool holds, without and with durability. */
  private void fill() {
    try (Tree tree = open(config().withDurability(Durability.OS))) {
      for (int i = 0; i < RECORDS; i++) {
        tree.set(key(i), new byte[200]);
      }
      tree.checkpoint();
    }
  }

  /** Single calls of each kind, under a snapshot, one that is closed and one that leaks. */
  private void change() throws InterruptedException {
    try (Tree tree = open(config())) {
      tree.get(key(1));
      tree.get(key(1), MemorySegment.ofArray(new byte[200]));
      tree.getEntry(key(1));
      tree.contains(key(2));
      tree.count("/data".getBytes(UTF_8));
      tree.longestPrefix(key(3));
      tree.scan("/data/00001/".getBytes(UTF_8)).stream().limit(10).count();
      tree.set(key(1), new byte[200]);
      try (Snapshot snapshot = tree.snapshot()) {
        tree.set(key(1), new byte[200]);
        snapshot.get(key(1));
      }
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

  /** A walk that meets a change, and a call that meets a closed gate. */
  private void contend() throws InterruptedException {
    OpenStore store = io.drey.Stores.open(Stores.memory());
    Thread writer = Thread.ofPlatform().unstarted(() -> put(store, 1, 10));
    long stamp = store.gate.enter();
    LatchedFrame root = store.pool.latched(store.pool.rootBlob());
    root.met();
    writer.start();
    while (writer.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    store.gate.leave(stamp);
    writer.join();
    io.drey.Stores.close(store);
  }

  /** Changes that go in alone where nobody is: a rename, and batches of two steps and of many. */
  private static void workAlone() {
    try (Tree tree = Tree.open(Stores.memory())) {
      tree.set(key(0), key(0));
      tree.rename(key(0), key(1), Existing.KEEP);
      tree.atomic(batch -> batch.delete(key(1)).put(key(2), key(2)));
      tree.atomic(batch -> {
        for (int i = 0; i < 200; i++) {
          batch.put(key(i), key(i));
        }
      });
    }
  }

  /** Most records go, and the rest is packed. */
  private void shrink() {
    try (Tree tree = open(config().withDurability(Durability.OS))) {
      for (int i = 0; i < RECORDS; i++) {
        if (i % 10 != 0) {
          tree.delete(key(i));
        }
      }
      tree.compact();
      tree.checkpoint();
      tree.compact();
    }
  }

  /** Writers outrun a checkpoint that cannot go on. */
  private void press() throws InterruptedException {
    CheckpointPolicy byJournal = new CheckpointPolicy(true, Duration.ofHours(1), SEGMENT_BYTES, 1);
    OpenStore store =
        io.drey.Stores.open(
            config().withDurability(Durability.OS).withCheckpoint(byJournal), vfs, SEGMENT_BYTES);
    Thread writer = Thread.currentThread();
    AtomicBoolean written = new AtomicBoolean();
    vfs.hook((effect, file) -> {
      boolean image = effect == Effect.WRITE && file.endsWith("data");
      while (image && !written.get() && writer.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    });
    for (int i = 0; i < 12 * SEGMENT_BYTES / 1_000; i++) {
      put(store, i, 1_000);
    }
    written.set(true);
    vfs.hook((effect, file) -> {});
    io.drey.Stores.close(store);
  }

  private static void put(OpenStore store, int number, int bytes) {
    byte[] key = TreeKeys.physical(Catalogue.DEFAULT_TREE, key(number));
    new Writes(store).run(KeyChange.put(key, new byte[bytes], KeyChange.Previous.IGNORED));
  }

  /** A life that ends in a crash, and the next one. */
  private void recover() throws IOException {
    Path copy = directory.resolveSibling("killed");
    try (Tree tree = open(config())) {
      tree.set(key(1), key(1));
      Files.createDirectory(copy);
      for (Path file : Files.list(directory).toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    try (Tree tree = open(Stores.config(copy))) {
      tree.get(key(1));
    }
  }

  private void refuse() {
    try (Tree _ = open(config())) {
      open(config()).close();
    } catch (LockedException e) {
      // That is what the event tells.
    }
  }

  private void damage() throws IOException {
    Path copy = directory.resolveSibling("killed");
    try (RandomAccessFile data = new RandomAccessFile(copy.resolve("data").toFile(), "rw")) {
      for (long at = 100; at < data.length(); at += 4096) {
        data.seek(at);
        data.write(0x5A);
      }
    }
    try (Tree tree = open(Stores.config(copy))) {
      tree.get(key(10));
    } catch (CorruptionException e) {
      // That is what the event tells.
    }
  }

  private void fail() {
    Tree tree = open(config());
    vfs.hook((effect, file) -> {
      if (effect == Effect.FORCE) {
        throw new FileSystemException(file.toString(), null, "Input/output error");
      }
    });
    try {
      tree.set(key(1), key(2));
      tree.checkpoint();
    } catch (StoreFailedException e) {
      // That is what the event tells.
    }
    vfs.hook((effect, file) -> {});
    try {
      tree.close();
    } catch (StoreFailedException e) {
      // It is told again.
    }
  }
}
