package io.drey.crash.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.crash.CampaignReport;
import io.drey.crash.Finding;
import io.drey.crash.Invariant;
import io.drey.crash.disk.Toy.Mistake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PowerLossCampaignTest {
  private static final long SEED = 20_260_301;

  private static PowerLossOptions options() {
    return PowerLossOptions.of(SEED)
        .withWorkload(2, 24)
        .withBounds(new CrashBounds(6, 8, 1))
        .withNextLives(4, 4)
        .withBudget(40_000, Duration.ofMinutes(2))
        .withFindings(1);
  }

  /** What a mistake breaks; which of them is met first may depend on the workload. */
  private static Set<Invariant> brokenBy(Mistake mistake) {
    return switch (mistake) {
      case NO_FORCE, ACKNOWLEDGES_BEFORE_THE_FORCE, APPENDS_AFTER_A_TORN_TAIL ->
          EnumSet.of(Invariant.ACKNOWLEDGED_KEPT);
      case NO_FORCE_OF_THE_DIRECTORY, CUTS_THE_LOG_BEFORE_THE_SNAPSHOT_IS_DURABLE ->
          EnumSet.of(Invariant.ACKNOWLEDGED_KEPT);
      case RENAMES_BEFORE_THE_FORCE, REFUSES_A_TORN_TAIL -> EnumSet.of(Invariant.OPENS);
      case CUTS_A_TORN_TAIL_WITHOUT_A_FORCE ->
          EnumSet.of(Invariant.NOTHING_FOREIGN, Invariant.NO_RETURN, Invariant.PREFIX);
      case NO_CHECKSUM -> EnumSet.of(Invariant.NOTHING_FOREIGN, Invariant.OPENS);
      case A_PAIR_IN_TWO_RECORDS -> EnumSet.of(Invariant.ATOMIC);
      case VERSIONS_RESTART -> EnumSet.of(Invariant.NO_RETURN);
      case HANGS_AT_A_TORN_TAIL -> EnumSet.of(Invariant.PROGRESS);
      case KEEPS_WHAT_CHECK_COMPLAINS_OF -> EnumSet.of(Invariant.STRUCTURE);
      case FORGETS_WHAT_WAS_NOT_PROMISED -> EnumSet.of(Invariant.REPEATABLE);
    };
  }

  @Nested
  class AStoreWithoutMistakes {
    @Test
    void isCleanOverThousandsOfStates() throws Exception {
      CampaignReport report = PowerLossCampaign.run(new Toy(), options());
      assertTrue(report.clean(), report::toString);
      assertTrue(report.states() > 5_000, report::line);
      assertTrue(report.distinctImages() > 1_000, report::line);
    }
  }

  @Nested
  class AStoreWithAMistake {
    @ParameterizedTest
    @EnumSource
    void isFoundOut(Mistake mistake) throws Exception {
      Duration call = Duration.ofMillis(mistake == Mistake.HANGS_AT_A_TORN_TAIL ? 500 : 20_000);
      CampaignReport report =
          PowerLossCampaign.run(new Toy(mistake), options().withCallLimit(call));
      assertFalse(report.clean(), report::line);
      Finding finding = report.findings().getFirst();
      assertTrue(brokenBy(mistake).contains(finding.verdict().invariant()), report::toString);
      assertTrue(finding.reproduction().contains("seed"), report::toString);
    }
  }

  @Nested
  class AFinding {
    private static CampaignReport report(PowerLossOptions options) throws InterruptedException {
      return PowerLossCampaign.run(new Toy(Mistake.NO_FORCE), options.withThreads(1));
    }

    @Test
    void namesTheLostEffectAndTheOperations() throws Exception {
      String reproduction = report(options()).findings().getFirst().reproduction();
      assertTrue(reproduction.contains("survives a power loss: Change"), reproduction);
      assertEquals(
          1, reproduction.lines().filter(line -> line.endsWith("dropped")).count(), reproduction);
    }

    @Test
    void isTheSameForTheSameSeed() throws Exception {
      assertEquals(report(options()).findings(), report(options()).findings());
    }

    @Test
    void leavesItsImageOnARealDisk(@TempDir Path directory) throws Exception {
      report(options().withImages(directory));
      assertTrue(Files.exists(directory.resolve("finding-1").resolve("store")));
    }
  }

  @Nested
  class ACampaign {
    @Test
    void endsAfterTheStatesItMayTryAndSpreadsThemOverItsRuns() throws Exception {
      CampaignReport report =
          PowerLossCampaign.run(
              new Toy(), options().withThreads(1).withBudget(600, Duration.ofMinutes(1)));
      assertTrue(report.states() > 300 && report.states() <= 600, report::line);
    }

    @Test
    void endsInTimeHoweverMuchThereWouldBeToDo() throws Exception {
      PowerLossOptions endless =
          options()
              .withWorkload(Integer.MAX_VALUE, 20)
              .withBudget(Long.MAX_VALUE, Duration.ofMillis(300));
      CampaignReport report = PowerLossCampaign.run(new Toy(), endless);
      assertTrue(report.clean(), report::toString);
    }
  }
}
