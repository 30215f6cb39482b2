package io.drey.crash.kill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.crash.Finding;
import io.drey.crash.Invariant;
import io.drey.crash.Subject;
import io.drey.crash.example.LogSubject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills of real processes. Every child is a JVM, so there are few of them. */
class KillCampaignTest {
  private static final long SEED = 20260729;
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir private Path directory;

  @Test
  void aCorrectStoreSurvivesKillsAtWorkInRecoveryAndAtEveryPoint() throws IOException {
    KillReport report = campaign(LogSubject.class, 60).run();
    System.out.println(report.line());
    assertTrue(report.campaign().clean(), report.campaign().toString());
    assertTrue(report.kills() > report.campaign().states() / 2, report.line());
    assertTrue(report.inRecovery() > 0, report.line());
    assertTrue(report.atPoints() > 0, report.line());
    assertTrue(report.operations() > 500, report.line());
  }

  @Test
  void aStoreThatAcknowledgesWhatItKeepsInMemoryIsFound() throws IOException {
    Finding finding = onlyFinding(campaign(LogSubject.WritesLater.class, 40));
    assertEquals(Invariant.ACKNOWLEDGED_KEPT, finding.verdict().invariant(), finding.toString());
    assertTrue(finding.reproduction().contains("acknowledged"), finding.toString());
  }

  @Test
  void aStoreThatHangsIsFoundWithWhatItsThreadsDo() throws IOException {
    KillOptions options =
        options(BadSubjects.Hanging.class, 1).patience(Duration.ofSeconds(2)).points(List.of());
    Finding finding = onlyFinding(new KillCampaign(options));
    assertEquals(Invariant.PROGRESS, finding.verdict().invariant(), finding.toString());
    assertTrue(finding.verdict().detail().contains("hangsHere"), finding.toString());
  }

  @Test
  void aStoreThatEndsItsProcessIsFound() throws IOException {
    Finding finding = onlyFinding(campaign(BadSubjects.Ending.class, 3));
    assertEquals(Invariant.TYPED_ERRORS, finding.verdict().invariant(), finding.toString());
    assertTrue(finding.verdict().detail().contains("exit code 5"), finding.toString());
  }

  @Test
  void aStoreThatDoesNotOpenAgainIsFound() throws IOException {
    Finding finding = onlyFinding(campaign(BadSubjects.OpensOnce.class, 3));
    assertEquals(Invariant.OPENS, finding.verdict().invariant(), finding.toString());
  }

  @Test
  void aVersionGivenTwiceInTheLifeOfADirectoryIsFound() throws IOException {
    Finding finding = onlyFinding(campaign(BadSubjects.CountsFromOne.class, 4));
    assertEquals(Invariant.NO_RETURN, finding.verdict().invariant(), finding.toString());
  }

  @Test
  void theStoreAsItWasBeforeRecoveryIsKept() throws IOException {
    KillOptions options =
        options(BadSubjects.OpensOnce.class, 3).images(KillOptions.Images.BEFORE_RECOVERY);
    Finding finding = onlyFinding(new KillCampaign(options));
    assertTrue(directory.resolve("store-1-before").toFile().isDirectory(), finding.toString());
    assertFalse(directory.resolve("image").resolve("log").toFile().exists());
  }

  private Finding onlyFinding(KillCampaign campaign) throws IOException {
    List<Finding> findings = campaign.run().campaign().findings();
    assertFalse(findings.isEmpty(), () -> "nothing found, seed " + SEED);
    return findings.getFirst();
  }

  private KillCampaign campaign(Class<? extends Subject> subject, int rounds) {
    return new KillCampaign(options(subject, rounds));
  }

  private KillOptions options(Class<? extends Subject> subject, int rounds) {
    return KillOptions.of(subject, directory, SEED).rounds(rounds, LIMIT).operations(50);
  }
}
