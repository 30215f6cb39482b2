package io.drey.recovery;

import static io.drey.recovery.mutate.Mutation.in;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.crash.Promise;
import io.drey.crash.Subject;
import io.drey.crash.disk.CrashBounds;
import io.drey.crash.disk.CrashState;
import io.drey.crash.disk.CrashStates;
import io.drey.crash.disk.DiskState;
import io.drey.crash.disk.SimulatedDisk;
import io.drey.crash.disk.Trace;
import io.drey.recovery.mutate.Mutation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The making of a store that is killed at every position, made again, and then cut off from power
 * at every position: every state of the disk is a new store, or one that opens and is empty.
 */
final class CreationTest {
  private static final Path DIRECTORY = Path.of("/store");
  private static final CrashBounds BOUNDS = new CrashBounds(4, 1, 2);
  private static final int STATES_MIN = 1_000;
  private static final int REFUSALS_MAX = 1;

  private int states;

  @Test
  void endsInAStoreHoweverOftenItIsCutShort() throws IOException {
    assertEquals(List.of(), refusals(List.of()));
    assertTrue(states > STATES_MIN, () -> states + " states");
  }

  @Test
  void wouldBeSeenNotTo() throws IOException {
    Mutation unordered = in("engine.store.FrameFile", "open").withoutCall("Vfs.forceDirectory", 1);
    assertFalse(refusals(List.of(unordered)).isEmpty());
  }

  private List<String> refusals(List<Mutation> mutations) throws IOException {
    DreySubject subject =
        new DreySubject(StoreShape.small(Promise.POWER_LOSS), Workload.FEW, mutations);
    List<String> refusals = new ArrayList<>();
    SimulatedDisk empty = new SimulatedDisk();
    empty.createDirectory(DIRECTORY);
    empty.forceDirectory(Path.of("/"));
    Trace first = opened(subject, new SimulatedDisk(empty.trace().at(empty.position())));
    for (int killed = 0; killed <= first.end() && refusals.size() < REFUSALS_MAX; killed++) {
      Trace second = opened(subject, new SimulatedDisk(first.at(killed)));
      for (int cut = 0; cut <= second.end() && refusals.size() < REFUSALS_MAX; cut++) {
        String where = "killed at %d, without power at %d".formatted(killed, cut);
        DiskState state = second.at(cut);
        CrashStates.of(state, BOUNDS, cut).forEach(crash -> open(subject, crash, where, refusals));
      }
    }
    return refusals;
  }

  private static Trace opened(DreySubject subject, SimulatedDisk disk) {
    try (disk) {
      Subject.Store store = subject.open(disk, DIRECTORY);
      Trace trace = disk.trace();
      end(disk, store);
      return trace;
    }
  }

  private void open(DreySubject subject, CrashState crash, String where, List<String> refusals) {
    states++;
    try (SimulatedDisk disk = new SimulatedDisk(crash.image())) {
      Subject.Store store = subject.open(disk, DIRECTORY);
      assertEquals(new TreeMap<>(), store.dump(), where);
      assertEquals(List.of(), store.check(), where);
      end(disk, store);
    } catch (Exception e) {
      refusals.add(where + ": " + e + "\n" + String.join("\n", crash.lines()));
    }
  }

  private static void end(SimulatedDisk disk, Subject.Store store) {
    disk.crash();
    try {
      store.close();
    } catch (Exception e) {
      // There is no power: the store cannot end well.
    }
  }
}
