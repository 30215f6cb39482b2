package io.drey.recovery;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.crash.CampaignReport;
import io.drey.crash.Promise;
import io.drey.crash.disk.CrashBounds;
import io.drey.crash.disk.PowerLossCampaign;
import io.drey.crash.disk.PowerLossOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Drey on a disk whose power is cut after every effect. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PowerLossTest {
  private static final long STATES_IN_ALL = 100_000;

  /** Only so slow a machine ends a campaign before its states are tried, and then fails it. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final List<CampaignReport> reports = new ArrayList<>();

  @ParameterizedTest
  @EnumSource(Promise.class)
  void leavesWhatWasPromised(Promise promise) throws Exception {
    run(StoreShape.small(promise), Workload.SMALL, options(9, 8_500).withNextLives(0, 0));
  }

  /** Any page of the mapping may be on the disk, at any time. */
  @ParameterizedTest
  @EnumSource(Promise.class)
  void leavesItInAMappedFile(Promise promise) throws Exception {
    StoreShape shape = StoreShape.small(promise).in(StoreShape.Storage.MAPPED);
    run(shape, Workload.SMALL, options(5, 5_000).withNextLives(0, 0));
  }

  /** Recoveries and the operations after them crash too, and so do the recoveries from that. */
  @ParameterizedTest
  @EnumSource(Promise.class)
  void leavesItWhenRecoveriesCrash(Promise promise) throws Exception {
    run(StoreShape.small(promise), Workload.SMALL, options(6, 5_500).withNextLives(20, 3));
  }

  @ParameterizedTest
  @EnumSource(Promise.class)
  void leavesItWhenRecoveriesOfAMappedFileCrash(Promise promise) throws Exception {
    StoreShape shape = StoreShape.small(promise).in(StoreShape.Storage.MAPPED);
    run(shape, Workload.SMALL, options(3, 4_000).withNextLives(20, 3));
  }

  /** Every position of a creation is gone on from, after kills above all. */
  @Test
  void leavesItWhenACreationCrashes() throws Exception {
    PowerLossOptions options = options(6, 6_000).withNextLives(10, 1);
    run(StoreShape.small(Promise.POWER_LOSS), Workload.FEW, options);
  }

  @Test
  void leavesItWhenThePoolIsTooSmall() throws Exception {
    run(
        StoreShape.small(Promise.PROCESS_KILL),
        Workload.SPILLING,
        options(2, 6_500).withNextLives(200, 40));
  }

  @Test
  void leavesItWhenSegmentsFill() throws Exception {
    run(
        StoreShape.small(Promise.POWER_LOSS),
        Workload.BULKY,
        options(3, 6_500).withNextLives(200, 40));
  }

  @Test
  void leavesItUnderRoundsInTheBackground() throws Exception {
    StoreShape shape =
        StoreShape.small(Promise.PROCESS_KILL).in(StoreShape.Storage.FILES_WITH_BACKGROUND_ROUNDS);
    run(shape, Workload.BROAD, options(3, 4_000).withNextLives(200, 40));
    StoreShape mapped = shape.in(StoreShape.Storage.MAPPED_WITH_BACKGROUND_ROUNDS);
    run(mapped, Workload.BROAD, options(2, 3_000).withNextLives(200, 40));
  }

  @Test
  void leavesItInFramesOfFullSize() throws Exception {
    run(
        StoreShape.large(Promise.PROCESS_KILL),
        Workload.LARGE,
        options(2, 2_500).withNextLives(100, 20));
    run(
        StoreShape.large(Promise.PROCESS_KILL).in(StoreShape.Storage.MAPPED),
        Workload.LARGE,
        options(2, 1_500).withNextLives(100, 20));
  }

  @Test
  void leavesItInAUsersStore() throws Exception {
    StoreShape shape = StoreShape.small(Promise.NOTHING).in(StoreShape.Storage.BLOB_STORE);
    run(shape, Workload.SMALL, options(6, 6_000).withNextLives(20, 3));
    run(shape, Workload.BROAD, options(2, 4_000).withNextLives(100, 20));
  }

  @Test
  void leavesItInAUsersStoreWhenThePoolIsTooSmall() throws Exception {
    StoreShape shape = StoreShape.small(Promise.NOTHING).in(StoreShape.Storage.BLOB_STORE);
    run(shape, Workload.SPILLING, options(1, 4_000).withNextLives(200, 40));
  }

  @AfterAll
  void trySoManyStates() {
    CampaignReport all = CampaignReport.merge("power loss in all", reports);
    System.out.println(all.line());
    assertTrue(all.states() >= STATES_IN_ALL, all::line);
  }

  private static PowerLossOptions options(int runs, long states) {
    return PowerLossOptions.of(System.nanoTime())
        .withWorkload(runs, 0)
        .withBounds(new CrashBounds(6, 6, 1))
        .withBudget(states, PATIENCE);
  }

  private void run(StoreShape shape, Workload workload, PowerLossOptions options)
      throws InterruptedException {
    CampaignReport report =
        PowerLossCampaign.run(
            new DreySubject(shape, workload),
            options.withWorkload(options.workload().runs(), workload.operations()));
    reports.add(report);
    System.out.println(shape + ", seed " + options.seed() + ": " + report.line());
    assertTrue(report.clean(), report::toString);
    // A workload may have fewer states than the budget; not by much.
    long wanted = options.limits().states() * 2 / 3;
    assertTrue(report.states() >= wanted, () -> report.line() + "; wanted " + wanted);
  }
}
