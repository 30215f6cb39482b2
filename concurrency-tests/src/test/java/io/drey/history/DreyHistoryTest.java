package io.drey.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.history.Campaign.Engine;
import io.drey.history.Report.Figure;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drey under many threads, each run in a process of its own: some order explains everything. */
final class DreyHistoryTest {
  private static final int SECONDS = 9;

  @TempDir Path ground;

  private Report play(Setting setting, Engine engine) throws Exception {
    long seed = System.nanoTime();
    Watchdog.Result result = Campaign.run(setting, engine, seed, SECONDS, ground);
    String where = setting + " " + engine + ", seed " + seed + ": ";
    assertEquals(Watchdog.Ending.WELL, result.ending(), () -> where + "\n" + result.output());
    Report report = result.report();
    System.out.println(where + report.line());
    assertEquals(0, report.of(Figure.UNDECIDED), result::output);
    assertEquals(engine == Engine.DISTURBED, report.of(Figure.STOPS) > 0, report::line);
    return report;
  }

  @Test
  void fewKeysThatEverybodyWants() throws Exception {
    Report report = play(Setting.HOT, Engine.DISTURBED);
    assertTrue(report.of(Figure.RESTARTS) > 0, report::line);
  }

  @Test
  void fewKeysUnderCheckpoints() throws Exception {
    Report report = play(Setting.HOT_ON_DISK, Engine.AS_IT_IS);
    assertTrue(report.of(Figure.CHECKPOINTS) > 0, report::line);
  }

  @Test
  void fewKeysInManyFrames() throws Exception {
    Report report = play(Setting.CROSSING, Engine.DISTURBED);
    assertTrue(report.of(Figure.SPLITS) > 0 && report.of(Figure.MERGES) > 0, report::line);
  }

  @Test
  void framesThatSplitAndMerge() throws Exception {
    Report report = play(Setting.SPLITTING, Engine.AS_IT_IS);
    assertTrue(report.of(Figure.SPLITS) > 0 && report.of(Figure.MERGES) > 0, report::line);
  }

  @Test
  void moreThanThePoolHolds() throws Exception {
    Report report = play(Setting.SPILLING, Engine.DISTURBED);
    assertTrue(report.of(Figure.EVICTIONS) > 0 && report.of(Figure.CHECKPOINTS) > 0, report::line);
  }

  @Test
  void framesInAMappedFile() throws Exception {
    Report report = play(Setting.MAPPED, Engine.DISTURBED);
    assertTrue(report.of(Figure.SPLITS) > 0 && report.of(Figure.CHECKPOINTS) > 0, report::line);
  }

  @Test
  void moreThanThePoolHoldsInAUsersStore() throws Exception {
    Report report = play(Setting.USER_STORE, Engine.DISTURBED);
    assertTrue(report.of(Figure.EVICTIONS) > 0 && report.of(Figure.CHECKPOINTS) > 0, report::line);
  }
}
