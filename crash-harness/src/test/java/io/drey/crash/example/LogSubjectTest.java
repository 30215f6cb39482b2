package io.drey.crash.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.crash.CampaignReport;
import io.drey.crash.Finding;
import io.drey.crash.Invariant;
import io.drey.crash.disk.PowerLossCampaign;
import io.drey.crash.disk.PowerLossOptions;
import io.drey.crash.example.LogStore.Mistake;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LogSubjectTest {
  private static final Path DIRECTORY = Path.of("/");
  private static final PowerLossOptions OPTIONS = PowerLossOptions.of(20260729).withWorkload(2, 12);

  /** What an ordinary test sees: nothing. */
  @ParameterizedTest
  @EnumSource
  void everyMistakePassesAnOrdinaryTest(Mistake mistake) throws IOException {
    Vfs vfs = Vfs.memory();
    try (LogStore log = LogStore.open(vfs, DIRECTORY, mistake)) {
      log.put("a", "1");
      log.put("b", "2");
      log.put("a", "3");
      log.remove("b");
      log.put("c", "");
      assertEquals(Map.of("a", "3", "c", ""), log.entries());
    }
    try (LogStore log = LogStore.open(vfs, DIRECTORY, mistake)) {
      assertEquals(Map.of("a", "3", "c", ""), log.entries());
    }
  }

  @Test
  void theCorrectStoreSurvivesEveryPowerCut() throws InterruptedException {
    CampaignReport report = PowerLossCampaign.run(new LogSubject(), OPTIONS);
    System.out.println(report.line());
    assertTrue(report.clean(), report.toString());
    assertTrue(report.states() > 1000, report.line());
  }

  @Test
  void aNameThatIsNotForcedIsFoundInFewSteps() throws InterruptedException {
    CampaignReport report =
        PowerLossCampaign.run(new LogSubject.NameNotForced(), OPTIONS.withFindings(1));
    Finding finding = report.findings().getFirst();
    System.out.println(finding);
    assertEquals(Invariant.ACKNOWLEDGED_KEPT, finding.verdict().invariant(), report.toString());
    assertTrue(finding.reproduction().lines().count() < 20, finding.reproduction());
  }

  @Test
  void changesThatWaitInMemoryAreFoundToo() throws InterruptedException {
    CampaignReport report =
        PowerLossCampaign.run(new LogSubject.WritesLater(), OPTIONS.withFindings(1));
    Finding finding = report.findings().getFirst();
    assertEquals(Invariant.ACKNOWLEDGED_KEPT, finding.verdict().invariant(), report.toString());
  }
}
