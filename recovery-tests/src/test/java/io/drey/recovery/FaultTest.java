package io.drey.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.crash.CampaignReport;
import io.drey.crash.Promise;
import io.drey.crash.hostile.FaultCampaign;
import io.drey.crash.hostile.FaultOptions;
import io.drey.crash.hostile.FaultReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Drey on a disk that fails, and on files that were damaged. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FaultTest {
  private static final long FAULTS_IN_ALL = 10_000;
  private static final int THREADS = 2;

  private static final FaultOptions.Limits LIMITS =
      new FaultOptions.Limits(Duration.ofMinutes(10), Duration.ofSeconds(60), THREADS);

  private final List<CampaignReport> reports = new ArrayList<>();

  @ParameterizedTest
  @EnumSource(Promise.class)
  void keepsWhatWasPromisedOrSaysSo(Promise promise) throws Exception {
    run(StoreShape.small(promise), Workload.SMALL, options(2, 31));
  }

  @ParameterizedTest
  @EnumSource(Promise.class)
  void keepsItInAMappedFileOrSaysSo(Promise promise) throws Exception {
    StoreShape shape = StoreShape.small(promise).in(StoreShape.Storage.MAPPED);
    run(shape, Workload.SMALL, options(1, 25));
  }

  @Test
  void keepsItWhenThePoolIsTooSmall() throws Exception {
    run(StoreShape.small(Promise.PROCESS_KILL), Workload.SPILLING, options(1, 9));
  }

  @Test
  void keepsItUnderRoundsInTheBackground() throws Exception {
    StoreShape shape =
        StoreShape.small(Promise.PROCESS_KILL).in(StoreShape.Storage.FILES_WITH_BACKGROUND_ROUNDS);
    run(shape, Workload.BROAD, options(1, 12));
    StoreShape mapped = shape.in(StoreShape.Storage.MAPPED_WITH_BACKGROUND_ROUNDS);
    run(mapped, Workload.BROAD, options(1, 8));
  }

  @Test
  void keepsItInFramesOfFullSize() throws Exception {
    run(StoreShape.large(Promise.POWER_LOSS), Workload.LARGE, options(1, 6));
  }

  @Test
  void keepsItInAUsersStore() throws Exception {
    StoreShape shape = StoreShape.small(Promise.NOTHING).in(StoreShape.Storage.BLOB_STORE);
    run(shape, Workload.BROAD, options(1, 40));
  }

  @AfterAll
  void trySoManyFaults() {
    CampaignReport all = CampaignReport.merge("faults in all", reports);
    System.out.println(all.line());
    assertTrue(all.states() >= FAULTS_IN_ALL, all::line);
  }

  private static FaultOptions options(int runs, int callsPerKind) {
    return FaultOptions.of(System.nanoTime())
        .withWorkload(runs, 0)
        .withBounds(callsPerKind, 4)
        .withLimits(LIMITS);
  }

  private void run(StoreShape shape, Workload workload, FaultOptions options) throws Exception {
    DreySubject subject = new DreySubject(shape, workload);
    FaultReport report =
        FaultCampaign.run(
            subject,
            options
                .withFaults(shape.faults())
                .withWorkload(options.workload().runs(), workload.operations()));
    reports.add(report.campaign());
    System.out.println(shape + ", seed " + options.seed() + ": " + report.line());
    assertTrue(report.campaign().clean(), report.campaign()::toString);
    assertEquals(shape.faults(), report.struck().keySet(), report::line);
  }
}
