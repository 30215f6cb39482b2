package io.drey.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.crash.Promise;
import io.drey.recovery.DetectionMatrix.Depth;
import io.drey.recovery.Rung.Sighting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The harness on engines with a planted bug: what it would say if the bug were real. */
final class CanaryTest {
  private static final Path MATRIX = Path.of("target", "canaries.md");
  private static final Duration[] BUDGETS = {
    Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(60)
  };
  private static final Duration CONTROL_BUDGET = Duration.ofSeconds(1);

  @Test
  void everyCanaryIsCaught() throws Exception {
    long seed = System.nanoTime();
    DetectionMatrix matrix = new DetectionMatrix();
    for (Canary canary : Canary.all()) {
      matrix.put(
          canary,
          EnumSet.of(Rung.MODEL, Rung.POWER_LOSS, Rung.FAULTS),
          Depth.FIRST_CATCH,
          seed,
          BUDGETS);
    }
    System.out.println("seed " + seed + "\n" + matrix);
    Files.writeString(MATRIX, matrix.toString());
    assertEquals(List.of(), matrix.uncaught(), "seed " + seed);
  }

  @Test
  void anEngineWithoutABugIsNot() throws Exception {
    long seed = System.nanoTime();
    for (StoreShape shape :
        List.of(
            StoreShape.small(Promise.POWER_LOSS),
            StoreShape.small(Promise.PROCESS_KILL),
            StoreShape.small(Promise.POWER_LOSS).in(StoreShape.Storage.MAPPED))) {
      Canary control = Canary.of("control", "nothing").in(shape);
      for (Rung rung : EnumSet.of(Rung.MODEL, Rung.POWER_LOSS, Rung.FAULTS)) {
        Sighting sighting = rung.run(control, seed, CONTROL_BUDGET);
        assertFalse(sighting.caught(), rung + ", seed " + seed + ": " + sighting);
        assertTrue(sighting.states() > 100, rung + " looked at " + sighting.states());
      }
    }
  }

  @Test
  void everyCanaryHasANameOfItsOwn() {
    Set<String> names = new HashSet<>();
    for (Canary canary : Canary.all()) {
      assertTrue(names.add(canary.name()), canary.name());
    }
    assertTrue(names.size() >= 20, names::toString);
  }
}
