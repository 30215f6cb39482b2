package io.drey.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.CheckpointPolicy;
import io.drey.Durability;
import io.drey.KeyNotFoundException;
import io.drey.Tree;
import io.drey.TreeConfig;
import io.drey.testing.Calls;
import io.drey.testing.Limits;
import io.drey.testing.Stores;
import io.drey.testing.Watchdog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Virtual threads in every method, side by side.
 *
 * <p>The JDK reports a thread that must wait but cannot leave its carrier, because a native frame
 * or the initialisation of a class lies on its stack. Holding a monitor is no such reason from JDK
 * 24 on, and a call that blocks inside the system, a force for example, is none at all: it keeps
 * the carrier and is not reported.
 */
class VirtualThreadTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final String EVENT = "jdk.VirtualThreadPinned";
  private static final int THREADS = 16;
  private static final int ROUNDS = 1;

  /** Together twice what the smallest pool holds. */
  private static final int LARGE_VALUES =
      (int) (2 * TreeConfig.minimumPoolBytes() / (Limits.KEY_BYTES_MAX + 1));

  @TempDir Path ground;

  @Nested
  class NoVirtualThreadIsPinned {
    @Test
    void byATreeInMemory() {
      assertUnpinned(TreeConfig.memory());
    }

    @Test
    void byAStoreWhoseWritesReachTheSystem() {
      assertUnpinned(onDisk(Durability.OS));
    }

    @Test
    void byAStoreWhoseWritesAreForced() {
      assertUnpinned(onDisk(Durability.SYNC));
    }

    private TreeConfig onDisk(Durability durability) {
      return Stores.config(ground.resolve("store"))
          .withDurability(durability)
          .withCheckpoint(new CheckpointPolicy(true, Duration.ofMillis(50), 1 << 20, 0.25));
    }

    private void assertUnpinned(TreeConfig config) {
      Watchdog.within(
          PATIENCE,
          () -> {
            callEachOnARecord(config); // every class is loaded and initialised before it counts
            useUp(config);
            assertEquals(List.of(), pinned(() -> useUp(config)));
          });
    }
  }

  @Nested
  class TheRecording {
    private static final CountDownLatch RELEASE = new CountDownLatch(1);

    private static final class WaitsWhileItIsInitialised {
      static final int ANSWER = answer();

      private static int answer() {
        try {
          RELEASE.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        return 42;
      }
    }

    @Test
    void showsAThreadThatIsPinned() {
      Watchdog.within(
          PATIENCE,
          () ->
              assertFalse(
                  pinned(
                          () -> {
                            Thread pinned =
                                Thread.startVirtualThread(
                                    () -> assertEquals(42, WaitsWhileItIsInitialised.ANSWER));
                            while (pinned.getState() != Thread.State.WAITING) {
                              Thread.onSpinWait();
                            }
                            RELEASE.countDown();
                            pinned.join();
                          })
                      .isEmpty()));
    }
  }

  /** Opens, calls every method from many threads, more data than memory holds, and closes. */
  private static void useUp(TreeConfig config) throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Tree tree = threads.submit(() -> Tree.open(config)).get();
      List<Future<?>> users = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int number = thread;
        users.add(threads.submit(() -> use(tree, number)));
      }
      for (Future<?> user : users) {
        user.get();
      }
      threads.submit(tree::close).get();
    }
  }

  private static void callEachOnARecord(TreeConfig config) {
    try (Tree tree = Tree.open(config)) {
      for (Calls.Call call : Calls.all().values()) {
        Calls.all().get("set(byte[],byte[])").on(tree);
        call.on(tree);
      }
    }
  }

  private static void use(Tree tree, int thread) {
    for (int round = 0; round < ROUNDS; round++) {
      for (Calls.Call call : Calls.all().values()) {
        try {
          call.on(tree);
        } catch (KeyNotFoundException e) {
          // Another thread was between this one's put and its rename.
        }
      }
      byte[] value = new byte[Limits.KEY_BYTES_MAX];
      for (int number = thread; number < LARGE_VALUES; number += THREADS) {
        tree.set(Stores.key(number), value);
      }
      for (int number = thread; number < LARGE_VALUES; number += THREADS) {
        byte[] key = Stores.key(number);
        byte[] read = tree.get(key);
        assertTrue(
            read != null && read.length == value.length,
            () -> "%s bytes, then %s".formatted(length(read), length(tree.get(key))));
      }
    }
  }

  private static String length(byte[] value) {
    return value == null ? "no" : String.valueOf(value.length);
  }

  /**
   * What the JDK reported while {@code body} ran, where a frame of this project is on the stack.
   */
  private static List<String> pinned(Watchdog.Body body) throws Exception {
    Path file = Path.of(System.getProperty("java.io.tmpdir"), "drey-pinned-" + System.nanoTime());
    try (Recording recording = new Recording()) {
      recording.enable(EVENT).withoutThreshold().withStackTrace();
      recording.start();
      body.run();
      recording.stop();
      recording.dump(file);
    }
    try {
      return RecordingFile.readAllEvents(file).stream()
          .filter(event -> event.getEventType().getName().equals(EVENT))
          .filter(VirtualThreadTest::isOurs)
          .map(RecordedEvent::toString)
          .toList();
    } finally {
      delete(file);
    }
  }

  /**
   * Whether it is this project that waits: not the JDK, which loads a class or records an event.
   */
  private static boolean isOurs(RecordedEvent event) {
    if (event.getStackTrace() == null) {
      return false;
    }
    List<String> types =
        event.getStackTrace().getFrames().stream()
            .map(RecordedFrame::getMethod)
            .map(method -> method.getType().getName())
            .toList();
    return !types.getFirst().startsWith("jdk.jfr.internal.")
        && types.stream().anyMatch(type -> type.startsWith("io.drey."));
  }

  private static void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }
}
