package io.drey.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CampaignReportTest {
  private static final Finding FOUND =
      new Finding(
          "power",
          new Verdict.Broken(Invariant.PREFIX, "first\nsecond"),
          7,
          "position 3",
          "put a\nwrite dropped");

  @Test
  void isCleanWithoutFindings() {
    assertTrue(new CampaignReport("x", 1, 1, 1, Duration.ZERO, List.of()).clean());
    assertFalse(new CampaignReport("x", 1, 1, 1, Duration.ZERO, List.of(FOUND)).clean());
  }

  @Test
  void addsUpReportsAndKeepsTheSlowestRecovery() {
    CampaignReport sum =
        CampaignReport.merge(
            "all",
            List.of(
                new CampaignReport("x", 1, 2, 3, Duration.ofMillis(9), List.of(FOUND)),
                new CampaignReport("y", 10, 20, 30, Duration.ofMillis(4), List.of())));
    assertEquals(new CampaignReport("all", 11, 22, 33, Duration.ofMillis(9), List.of(FOUND)), sum);
  }

  @Test
  void saysTheNumbersInOneLine() {
    assertEquals(
        "x: 12,345 states, 2 distinct, 3 recoveries, the slowest 4 ms, nothing found",
        new CampaignReport("x", 12_345, 2, 3, Duration.ofMillis(4), List.of()).line());
  }

  @Test
  void showsAFindingWithSeedPlaceAndReproduction() {
    assertEquals("power: PREFIX broken at position 3 (seed 7): first", FOUND.line());
    String text = FOUND.toString();
    assertTrue(text.contains("second") && text.contains("write dropped"), text);
  }
}
