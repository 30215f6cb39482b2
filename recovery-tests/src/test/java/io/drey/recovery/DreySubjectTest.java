package io.drey.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.crash.Bytes;
import io.drey.crash.Operation;
import io.drey.crash.Promise;
import io.drey.crash.Subject;
import io.drey.vfs.Vfs;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The subject without any harness: its store does what its model says. */
final class DreySubjectTest {
  private static final Path DIRECTORY = Path.of("/store");
  private static final int OPERATIONS = 1_500;

  static List<StoreShape> shapes() {
    return List.of(
        StoreShape.small(Promise.NOTHING),
        StoreShape.small(Promise.PROCESS_KILL),
        StoreShape.small(Promise.POWER_LOSS),
        StoreShape.small(Promise.PROCESS_KILL).in(StoreShape.Storage.FILES_WITH_BACKGROUND_ROUNDS),
        StoreShape.small(Promise.NOTHING).in(StoreShape.Storage.MEMORY),
        StoreShape.small(Promise.PROCESS_KILL).in(StoreShape.Storage.MAPPED),
        StoreShape.small(Promise.NOTHING).in(StoreShape.Storage.MAPPED_WITH_BACKGROUND_ROUNDS),
        StoreShape.small(Promise.NOTHING).in(StoreShape.Storage.BLOB_STORE),
        StoreShape.large(Promise.PROCESS_KILL));
  }

  private static Workload workload(StoreShape shape) {
    return shape.frameBytes() == StoreShape.LARGE_FRAMES ? Workload.LARGE : Workload.SMALL;
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void holdsWhatItsModelHolds(StoreShape shape) throws Exception {
    run(new DreySubject(shape, workload(shape)), System.nanoTime());
  }

  @Test
  void holdsItWhenThePoolIsFarTooSmall() throws Exception {
    StoreShape shape = StoreShape.small(Promise.PROCESS_KILL);
    run(new DreySubject(shape, Workload.SPILLING), System.nanoTime());
  }

  @Test
  void drawsEveryOperation() {
    Set<String> drawn = new HashSet<>();
    NavigableMap<Bytes, Bytes> model = new TreeMap<>();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 3_000; i++) {
      Operation operation = Workload.SMALL.next(random, model);
      drawn.add(
          switch ((DreyOperation) operation) {
            case DreyOperation.Store store -> store.way().name();
            case DreyOperation.Remove remove -> remove.removal().name();
            case DreyOperation.Move move -> move.occupied().name();
            case DreyOperation.AllOrNothing _ -> "batch";
            case DreyOperation.Upkeep upkeep -> upkeep.name();
          });
      operation.applyTo(model);
    }
    assertEquals(5 + 3 + 2 + 1 + 3, drawn.size(), drawn::toString);
  }

  private static void run(DreySubject subject, long seed) throws Exception {
    Vfs vfs = Vfs.memory();
    vfs.createDirectory(DIRECTORY);
    SplittableRandom random = new SplittableRandom(seed);
    NavigableMap<Bytes, Bytes> model = new TreeMap<>();
    String where = subject + ", seed " + seed;
    int largest = 0;
    try (Subject.Store store = subject.open(vfs, DIRECTORY)) {
      for (int i = 0; i < OPERATIONS; i++) {
        Operation operation = subject.next(random, model);
        store.apply(operation);
        operation.applyTo(model);
        largest = Math.max(largest, model.size());
        if (i % 100 == 0) {
          assertEquals(model, store.dump(), where);
          assertEquals(List.of(), store.check(), where);
        }
      }
      assertEquals(model, store.dump(), where);
      assertEquals(List.of(), store.check(), where);
    }
    assertTrue(largest > 30, where + ": the tree stays small, " + largest);
  }
}
