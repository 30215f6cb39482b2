package io.drey.crash.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.crash.Finding;
import io.drey.crash.Invariant;
import io.drey.crash.Subject;
import io.drey.crash.example.LogSubject;
import io.drey.crash.hostile.SlotSubject.Flaw;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultCampaignTest {
  private static final long SEED = 20260729;
  private static final FaultOptions OPTIONS =
      FaultOptions.of(SEED)
          .withWorkload(1, 20)
          .withBounds(30, 8)
          .withLimits(new FaultOptions.Limits(Duration.ofMinutes(1), Duration.ofSeconds(2), 2));

  @Nested
  class ACorrectStore {
    @Test
    void passesEveryFaultAtEveryCall() throws InterruptedException {
      FaultReport report = FaultCampaign.run(new LogSubject(), FaultOptions.of(SEED));
      System.out.println(report.line());
      assertTrue(report.campaign().clean(), report.campaign().toString());
      assertEquals(EnumSet.allOf(FaultKind.class), report.struck().keySet(), report.line());
      assertTrue(report.campaign().states() > 400, report.line());
      assertTrue(report.refused() > 0 && report.older() > 0, report.line());
    }
  }

  @Nested
  class AStoreThatAnOperationOpensAgain {
    @Test
    void mayThenHoldAnOlderStateIfTheDiskHasLied() throws InterruptedException {
      FaultReport report = FaultCampaign.run(new ReopeningSubject(), FaultOptions.of(SEED));
      assertTrue(report.campaign().clean(), report.campaign().toString());
      assertTrue(report.struck().getOrDefault(FaultKind.STALE_READ, 0L) > 1, report.line());
    }
  }

  @Nested
  class AStoreThatTrustsItsDisk {
    @ParameterizedTest
    @EnumSource
    void isFoundUnderEachKindOfFault(FaultKind kind) throws InterruptedException {
      List<Finding> findings = findings(new SlotSubject(Flaw.TRUSTS), Set.of(kind));
      assertFalse(findings.isEmpty(), () -> kind + ", seed " + SEED);
    }

    @Test
    void isFoundWhenItsFilesAreDamagedAtRest() throws InterruptedException {
      List<Finding> findings = findings(new SlotSubject(Flaw.TRUSTS), Set.of());
      assertFalse(findings.isEmpty(), () -> "seed " + SEED);
      assertTrue(findings.getFirst().where().contains("/store/"), findings.toString());
    }
  }

  @Nested
  class AFinding {
    @Test
    void ofAForceTriedAgainIsALostAcknowledgement() throws InterruptedException {
      Finding finding = of(Flaw.FORCES_AGAIN, FaultKind.IO_ERROR, Invariant.ACKNOWLEDGED_KEPT);
      assertTrue(finding.verdict().detail().contains("a power cut"), finding.toString());
    }

    @Test
    void ofAStoreThatStaysBrokenIsAnErrorOnASoundDisk() throws InterruptedException {
      Finding finding = of(Flaw.STAYS_BROKEN, FaultKind.NO_SPACE, Invariant.TYPED_ERRORS);
      assertTrue(finding.verdict().detail().contains("sound disk"), finding.toString());
    }

    @Test
    void ofAnUntypedErrorShowsItsTrace() throws InterruptedException {
      Finding finding = of(Flaw.UNTYPED, FaultKind.IO_ERROR, Invariant.TYPED_ERRORS);
      assertTrue(finding.verdict().detail().contains("Input/output error"), finding.toString());
    }

    @Test
    void ofAHangShowsTheThreads() throws InterruptedException {
      Finding finding = of(Flaw.WAITS, FaultKind.NO_SPACE, Invariant.PROGRESS);
      assertTrue(finding.verdict().detail().contains("waitsForSpace"), finding.toString());
    }

    @Test
    void isShortenedAndCanBeReplayed() throws InterruptedException {
      SlotSubject subject = new SlotSubject(Flaw.TRUSTS);
      Finding finding = findings(subject, Set.of(FaultKind.SHORT_WRITE)).getFirst();
      long operations = finding.reproduction().lines().filter(l -> l.startsWith("Put")).count();
      assertTrue(operations <= 2, finding.toString());
      String fault = finding.where().replaceAll(", and .*", "");
      Finding again = FaultCampaign.replay(subject, OPTIONS, Fault.parse(fault));
      assertEquals(finding.verdict(), again == null ? null : again.verdict());
    }

    private Finding of(Flaw flaw, FaultKind kind, Invariant invariant) throws InterruptedException {
      List<Finding> findings = findings(new SlotSubject(flaw), Set.of(kind));
      return findings.stream()
          .filter(finding -> finding.verdict().invariant() == invariant)
          .findFirst()
          .orElseThrow(() -> new AssertionError("seed " + SEED + " gave " + findings));
    }
  }

  @Test
  void aHalfWrittenRecordThatStaysInTheLogIsFound() throws InterruptedException {
    Subject subject = new LogSubject.HalfRecordKept();
    List<Finding> findings = findings(subject, EnumSet.allOf(FaultKind.class));
    assertEquals(
        Set.of("SHORT_WRITE"),
        findings.stream().map(f -> f.where().split(" ")[0]).collect(Collectors.toSet()),
        findings.toString());
  }

  private static List<Finding> findings(Subject subject, Set<FaultKind> kinds)
      throws InterruptedException {
    return FaultCampaign.run(subject, OPTIONS.withFaults(kinds)).campaign().findings();
  }
}
