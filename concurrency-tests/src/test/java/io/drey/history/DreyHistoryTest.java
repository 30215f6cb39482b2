package io.drey.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drey under many threads, each run in a process of its own: some order explains everything. */
final class DreyHistoryTest {
  private static final int SECONDS = 15;

  @TempDir Path ground;

  private Report play(Setting setting) throws Exception {
    long seed = System.nanoTime();
    Watchdog.Result result = Campaign.run(setting, seed, SECONDS, ground);
    String where = setting + ", seed " + seed + ": ";
    assertEquals(Watchdog.Ending.WELL, result.ending(), () -> where + "\n" + result.output());
    Report report = result.report();
    System.out.println(where + report.line());
    assertEquals(0, report.undecided(), result::output);
    return report;
  }

  @Test
  void fewKeysThatEverybodyWants() throws Exception {
    assertTrue(play(Setting.HOT).restarts() > 0);
  }

  @Test
  void fewKeysUnderCheckpoints() throws Exception {
    assertTrue(play(Setting.HOT_ON_DISK).checkpoints() > 0);
  }

  @Test
  void framesThatSplitAndMerge() throws Exception {
    Report report = play(Setting.SPLITTING);
    assertTrue(report.splits() > 0 && report.merges() > 0, report::line);
  }

  @Test
  void moreThanThePoolHolds() throws Exception {
    Report report = play(Setting.SPILLING);
    assertTrue(report.evictions() > 0 && report.checkpoints() > 0, report::line);
  }
}
