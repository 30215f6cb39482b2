package io.drey.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The protocols of latch and journal, raced by two threads; a short run of what stress does. */
class StressTest {
  private static final int MILLIS = 500;

  private static Rounds rounds;

  @BeforeAll
  static void prepare() throws IOException {
    assumeTrue(
        Runtime.getRuntime().availableProcessors() >= Jcstress.THREADS,
        "threads race only on several processors");
    rounds = new Rounds(new Jcstress(MILLIS));
  }

  @Nested
  class AsTheyAre {
    @Test
    void theyShowEveryRaceAndNothingForbidden() throws IOException {
      assertEquals(List.of(), rounds.wrong(Jcstress.subjects()));
    }
  }

  @Nested
  class WithAPlantedBug {
    @Test
    void theyShowWhatIsForbidden() throws IOException {
      assertEquals(List.of(), rounds.uncaught(Canaries.ALL));
    }

    @Test
    void eachOfThemIsTried() {
      Set<String> untried = new HashSet<>(Jcstress.subjects());
      Canaries.ALL.forEach(canary -> untried.remove(canary.subject()));
      assertEquals(Set.of(), untried);
    }
  }
}
