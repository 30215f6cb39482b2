package io.drey.profile.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.engine.event.Checkpoint;
import io.drey.engine.event.DeviceRead;
import io.drey.engine.event.FrameLoad;
import io.drey.engine.event.JournalStatistics;
import io.drey.engine.event.LatchRestart;
import io.drey.engine.event.LatchWait;
import io.drey.engine.event.PoolStatistics;
import io.drey.engine.event.SlowOperation;
import io.drey.engine.event.StoreClose;
import io.drey.engine.event.StoreOpen;
import io.drey.engine.event.TreeStatistics;
import io.drey.profile.golden.MissionControl;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmc.flightrecorder.rules.IResult;
import org.openjdk.jmc.flightrecorder.rules.Severity;

/**
 * What rules say of events that the test makes: of values a second's workload does not reach, of
 * several stores, and on either side of a limit.
 */
final class HandMadeRulesTest {
  private static final long GIB = 1 << 30;

  @TempDir Path directory = Path.of("");

  private IResult judge(String rule, Runnable events) throws Exception {
    Path file = directory.resolve("recording.jfr");
    try (Recording recording = new Recording()) {
      for (String name : new String[] {"DeviceRead", "SlowOperation"}) {
        recording.enable("io.drey." + name).withoutThreshold();
      }
      recording.start();
      events.run();
      recording.stop();
      recording.dump(file);
    }
    return MissionControl.judge(file).get(rule);
  }

  private static void assertSeverity(Severity severity, IResult result) {
    assertEquals(severity, result.getSeverity(), MissionControl.text(result));
  }

  private static void assertSays(String part, IResult result) {
    String text = MissionControl.text(result);
    assertTrue(text.contains(part), text);
  }

  @Nested
  final class AJournalBehindItsCheckpoint {
    @ParameterizedTest
    @CsvSource({"0.3, OK", "0.6, INFO", "0.95, WARNING"})
    void isJudgedByHowMuchOfItsLimitItReached(double filled, Severity severity) throws Exception {
      IResult result =
          judge(
              "DreyCheckpointBehind",
              () -> {
                journal(1, 0.1);
                journal(1, filled);
                journal(1, 0.2);
              });

      assertSeverity(severity, result);
    }

    @Test
    void isNoMatterWithoutALimit() throws Exception {
      IResult result =
          judge(
              "DreyCheckpointBehind",
              () -> {
                JournalStatistics event = new JournalStatistics();
                event.sinceCheckpoint = GIB;
                event.commit();
              });

      assertSeverity(Severity.OK, result);
    }

    @Test
    void isFoundAmongOthers() throws Exception {
      IResult result =
          judge(
              "DreyCheckpointBehind",
              () -> {
                journal(1, 0.1);
                journal(2, 0.95);
                journal(3, 0.1);
              });

      assertSeverity(Severity.WARNING, result);
      assertSays("95 %", result);
    }

    private static void journal(long store, double filled) {
      JournalStatistics event = new JournalStatistics();
      event.store = store;
      event.limit = GIB;
      event.sinceCheckpoint = (long) (filled * GIB);
      event.commit();
    }
  }

  @Nested
  final class AFailure {
    @Test
    void ofAnOpeningIsTold() throws Exception {
      IResult result =
          judge(
              "DreyStoreFailures",
              () -> {
                StoreOpen event = new StoreOpen();
                event.failure = "LockedException: in use";
                event.commit();
              });

      assertSeverity(Severity.INFO, result);
      assertSays("LockedException: in use", result);
    }

    @Test
    void ofAClosingIsTold() throws Exception {
      IResult result =
          judge(
              "DreyStoreFailures",
              () -> {
                StoreClose event = new StoreClose();
                event.failure = "No space left on device";
                event.commit();
              });

      assertSeverity(Severity.INFO, result);
    }

    @Test
    void isNotSeenInARoundThatSucceeded() throws Exception {
      assertSeverity(Severity.OK, judge("DreyStoreFailures", () -> new Checkpoint().commit()));
    }
  }

  @Nested
  final class APool {
    @ParameterizedTest
    @CsvSource({"0, 0, OK", "0, 9000, OK", "10, 100, OK", "10, 900, INFO", "10, 9000, WARNING"})
    void isTooSmallWhenReadsMissItAndImagesAreEvicted(long evictions, long loads, Severity severity)
        throws Exception {
      IResult result =
          judge(
              "DreySmallPool",
              () -> {
                pool(1_000, 500, 500); // what was before the recording does not count
                pool(11_000, 500 + loads, 500 + evictions);
              });

      assertSeverity(severity, result);
    }

    @Test
    void isTooSmallWhenWritersLoadImagesAllTheTime() throws Exception {
      IResult result =
          judge(
              "DreySmallPool",
              () -> {
                pool(0, 0, 0);
                FrameLoad load = new FrameLoad();
                load.store = 1;
                load.begin();
                LockSupport.parkNanos(50_000_000);
                load.commit();
                pool(0, 1, 1);
              });

      assertSeverity(Severity.WARNING, result);
    }

    private static void pool(long lookups, long loads, long evictions) {
      PoolStatistics event = new PoolStatistics();
      event.store = 1;
      event.lookups = lookups;
      event.loads = loads;
      event.evictions = evictions;
      event.commit();
    }
  }

  @Nested
  final class AFill {
    @ParameterizedTest
    @CsvSource({"4, 0.1, OK", "100, 0.5, OK", "100, 0.4, INFO", "100, 0.1, WARNING"})
    void isLowOnlyWhereThereAreManyBlobs(int blobs, float fill, Severity severity)
        throws Exception {
      IResult result =
          judge(
              "DreyLowFill",
              () -> {
                TreeStatistics event = new TreeStatistics();
                event.blobs = blobs;
                event.fill = fill;
                event.commit();
              });

      assertSeverity(severity, result);
    }
  }

  @Nested
  final class RestartsOfTwoBlobs {
    @Test
    void areToldOfTheOneThatHasMore() throws Exception {
      IResult result =
          judge(
              "DreyRestartStorm",
              () -> {
                restart(7, 1);
                restart(8, 1);
                LockSupport.parkNanos(1_000_000);
                restart(7, 50);
                restart(8, 5_000);
              });

      assertSays("5,000 times at blob 8", result);
    }

    private static void restart(long blob, int restarts) {
      LatchRestart event = new LatchRestart();
      event.blob = blob;
      event.reason = "Changed";
      event.restarts = restarts;
      event.commit();
    }
  }

  @Nested
  final class SlowCallsOfOneStep {
    @ParameterizedTest
    @CsvSource({
      "Back-Pressure, journalBytes",
      "Load, withPoolBytes",
      "Gate, The Closed Gate",
      "Acknowledge, Durability.OS",
      "Other, processor"
    })
    void areAnsweredWithWhatHelpsThere(String step, String advice) throws Exception {
      IResult result =
          judge(
              "DreySlowCalls",
              () -> {
                for (int i = 0; i < 10; i++) {
                  slow(step);
                }
              });

      assertSays(advice, result);
    }

    private static void slow(String step) {
      SlowOperation event = new SlowOperation();
      event.begin();
      LockSupport.parkNanos(12_000_000);
      event.end();
      long nanos = 11_000_000;
      switch (step) {
        case "Back-Pressure" -> event.pace = nanos;
        case "Load" -> event.load = nanos;
        case "Gate" -> event.gate = nanos;
        case "Acknowledge" -> event.acknowledge = nanos;
        default -> event.other = nanos;
      }
      event.dominant = step;
      event.commit();
    }
  }

  @Nested
  final class ALongLatchWait {
    @ParameterizedTest
    @CsvSource({"Shared, INFO", "Alone, INFO", "Epoch, OK"})
    void closesTheGateUnlessItEndsAnEpoch(String mode, Severity severity) throws Exception {
      IResult result =
          judge(
              "DreyClosedGate",
              () -> {
                LatchWait event = new LatchWait();
                event.begin();
                LockSupport.parkNanos(60_000_000);
                event.end();
                event.mode = mode;
                event.commit();
              });

      assertSeverity(severity, result);
    }
  }

  /** A device that reads slowly all the time is not slower than it was. */
  @Test
  void aDeviceThatWasAlwaysSlowIsNoNews() throws Exception {
    IResult result =
        judge(
            "DreySlowerDevice",
            () -> {
              for (int i = 0; i < 130; i++) {
                DeviceRead event = new DeviceRead();
                event.begin();
                LockSupport.parkNanos(6_000_000);
                event.end();
                event.path = "/stores/one/data";
                event.commit();
              }
            });

    assertSeverity(Severity.OK, result);
  }
}
