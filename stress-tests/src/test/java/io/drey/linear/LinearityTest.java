package io.drey.linear;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.stress.Canaries;
import java.io.IOException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever threads do to a map side by side, it might have been done one after the other. */
class LinearityTest {
  @Nested
  class AsItIs {
    @Test
    void holdsInMemory() {
      assertNull(Check.MEMORY_TREE.run(10, 100));
    }

    @Test
    void holdsInFilesWhileCheckpointsAndEvictionGoOn() {
      assertNull(Check.STORED_TREE.run(10, 50));
    }

    @Test
    void holdsForTheInterleavingsOfTheLatch() {
      assertNull(Check.LATCH.run(5, 100));
    }

    @Test
    void holdsForTheInterleavingsOfTheJournalsTail() {
      assertNull(Check.TAIL.run(5, 100));
    }
  }

  @Nested
  class WithAPlantedBug {
    @ParameterizedTest
    @CsvSource({"LATCH, claim-of-any-stamp", "TAIL, end-passes-a-record"})
    void doesNot(Check check, String canary) throws IOException, InterruptedException {
      assertTrue(Checking.finds(check, Canaries.named(canary), 5, 100));
    }
  }
}
