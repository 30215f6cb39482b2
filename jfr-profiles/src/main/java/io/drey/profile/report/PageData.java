package io.drey.profile.report;

import java.util.List;
import java.util.Map;

/**
 * What the page shows, in the shape in which its script reads it. Times are milliseconds since
 * 1970, durations nanoseconds.
 *
 * @param file the recording's name
 * @param from of the earliest event
 * @param to of the latest
 * @param notes what is missing of the recording
 * @param settings of the events of stores: whether they were enabled
 */
record PageData(
    String file,
    double from,
    double to,
    List<String> notes,
    Map<String, Boolean> settings,
    List<Verdict> verdicts,
    List<String> ruleFailures,
    List<Store> stores,
    List<Step> recovery,
    List<Latency> latency,
    List<Overall> overall,
    List<Round> checkpoints,
    List<Restarts> restarts,
    List<Pool> pool,
    List<Journal> journal,
    List<Slow> slow,
    List<Forces> forces) {

  record Store(
      long store,
      String directory,
      String storage,
      String access,
      String durability,
      long poolLimit,
      long records,
      String tail,
      long nanos,
      String failure,
      String failed) {}

  record Step(long store, String phase, long records, double start, long nanos) {}

  record Latency(
      long store,
      String operation,
      double time,
      long calls,
      long p50,
      long p90,
      long p99,
      long p999,
      long max) {}

  record Overall(
      long store,
      String operation,
      long timed,
      long sample,
      long p50,
      long p90,
      long p99,
      long p999,
      long max) {}

  record Round(
      long store,
      long checkpoint,
      String reason,
      double start,
      long nanos,
      long parting,
      List<Long> phases,
      long blobs,
      long bytes,
      long journalBytes,
      String failure) {}

  record Restarts(long store, long blob, String reason, long restarts) {}

  record Pool(
      long store,
      double time,
      long bytes,
      long limit,
      long frames,
      long free,
      long dirty,
      long loads,
      long evictions,
      long spills,
      long pageReads,
      double missShare) {}

  record Journal(long store, double time, long rate, long sinceCheckpoint, long limit) {}

  record Slow(long store, double start, long nanos, String operation, String dominant) {}

  /** The forces that began in one second. */
  record Forces(
      long store, double second, long forces, long commits, long bytes, long nanos, long longest) {
    Forces plus(Forces other) {
      return new Forces(
          store,
          second,
          forces + other.forces,
          commits + other.commits,
          bytes + other.bytes,
          nanos + other.nanos,
          Math.max(longest, other.longest));
    }
  }
}
