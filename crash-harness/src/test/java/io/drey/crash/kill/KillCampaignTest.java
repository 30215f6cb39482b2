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
    KillReport report = run(LogSubject.class, options(60));
    System.out.println(report.line());
    assertTrue(report.campaign().clean(), report.campaign().toString());
    assertTrue(report.kills() > report.campaign().states() / 2, report.line());
    assertTrue(report.inRecovery() > 0, report.line());
    assertTrue(report.atPoints() > 0, report.line());
    assertTrue(report.operations() > 500, report.line());
  }

  @Test
  void aStoreThatAcknowledgesWhatItKeepsInMemoryIsFound() throws IOException {
    Finding finding = finding(LogSubject.WritesLater.class, options(40));
    assertEquals(Invariant.ACKNOWLEDGED_KEPT, finding.verdict().invariant(), finding.toString());
    assertTrue(finding.reproduction().contains("acknowledged"), finding.toString());
  }

  @Test
  void aStoreThatHangsIsFoundWithWhatItsThreadsDo() throws IOException {
    KillOptions options = options(1).withSilence(Duration.ofSeconds(2));
    Finding finding = finding(BadSubjects.Hanging.class, options);
    assertEquals(Invariant.PROGRESS, finding.verdict().invariant(), finding.toString());
    assertTrue(finding.verdict().detail().contains("hangsHere"), finding.toString());
  }

  @Test
  void aStoreThatEndsItsProcessIsFound() throws IOException {
    Finding finding = finding(BadSubjects.Ending.class, options(3));
    assertEquals(Invariant.TYPED_ERRORS, finding.verdict().invariant(), finding.toString());
    assertTrue(finding.verdict().detail().contains("exit code 5"), finding.toString());
  }

  @Test
  void aStoreThatDoesNotOpenAgainIsFound() throws IOException {
    Finding finding = finding(BadSubjects.OpensOnce.class, options(3));
    assertEquals(Invariant.OPENS, finding.verdict().invariant(), finding.toString());
  }

  @Test
  void aVersionGivenTwiceInTheLifeOfADirectoryIsFound() throws IOException {
    Finding finding = finding(BadSubjects.CountsFromOne.class, options(4));
    assertEquals(Invariant.NO_RETURN, finding.verdict().invariant(), finding.toString());
  }

  @Test
  void theStoreAsItWasBeforeRecoveryIsKept() throws IOException {
    KillOptions options = options(3).withImages(KillOptions.Images.BEFORE_RECOVERY);
    Finding finding = finding(BadSubjects.OpensOnce.class, options);
    assertTrue(directory.resolve("store-1-before").toFile().isDirectory(), finding.toString());
    assertFalse(directory.resolve("image").resolve("log").toFile().exists());
  }

  @Test
  void theLastEventsOfARecordedChildAreTold() throws IOException {
    KillOptions options =
        options(1)
            .withPoints(List.of())
            .withSilence(Duration.ofSeconds(3))
            .withEvents(new KillOptions.Events("bad."));

    Finding finding = finding(BadSubjects.Hanging.class, options);

    assertTrue(finding.reproduction().contains("bad.Hangs operation=10"), finding.toString());
    assertFalse(finding.reproduction().contains("jdk."), finding.toString());
  }

  private Finding finding(Class<? extends Subject> subject, KillOptions options)
      throws IOException {
    List<Finding> findings = run(subject, options).campaign().findings();
    assertFalse(findings.isEmpty(), () -> "nothing found, seed " + SEED);
    return findings.getFirst();
  }

  private KillReport run(Class<? extends Subject> subject, KillOptions options) throws IOException {
    return KillCampaign.run(subject, directory, options);
  }

  private static KillOptions options(int rounds) {
    return KillOptions.of(SEED).withBudget(rounds, LIMIT).withOperations(50);
  }
}
