package io.drey.crash.disk;

import io.drey.crash.Bytes;
import io.drey.crash.Digest;
import io.drey.crash.History;
import io.drey.crash.Invariant;
import io.drey.crash.Subject;
import io.drey.crash.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Opens the store on images, and remembers what came of each. Safe for use by many threads. */
final class Recoveries {
  /** Where the store is on every disk of a campaign. */
  static final Path STORE = Path.of("/store");

  /**
   * What a recovery found.
   *
   * @param state the digest of what the store then held; of nothing if it came to no state
   * @param broken what was wrong whatever the history is, or null
   */
  record Outcome(Digest state, Verdict.@Nullable Broken broken) {}

  /** An outcome with all that the store held. */
  record Recovered(Outcome outcome, NavigableMap<Bytes, Bytes> state) {}

  private final Subject subject;
  private final Watch watch;
  private final ConcurrentMap<Digest, Outcome> known = new ConcurrentHashMap<>();
  private final AtomicLong count = new AtomicLong();
  private final AtomicLong worstNanos = new AtomicLong();

  Recoveries(Subject subject, Watch watch) {
    this.subject = subject;
    this.watch = watch;
  }

  /** What a recovery on this image found earlier, or null. */
  @Nullable Outcome known(DiskImage image) {
    return known.get(image.digest());
  }

  /** Opens the store on the image and remembers what came of it. */
  Outcome recover(DiskImage image) {
    Outcome outcome = recoverAll(image).outcome();
    known.put(image.digest(), outcome);
    return outcome;
  }

  Recovered recoverAll(DiskImage image) {
    SimulatedDisk disk = new SimulatedDisk(image);
    try {
      return watch.run(disk, progress -> recover(disk, progress));
    } catch (Watch.Hang e) {
      return broken(Invariant.PROGRESS, String.valueOf(e.getMessage()));
    } catch (ExecutionException e) {
      return broken(Invariant.OPENS, Watch.describe(e.getCause()));
    } finally {
      disk.close();
    }
  }

  private Recovered recover(SimulatedDisk disk, Watch.Progress progress) throws Exception {
    long begin = System.nanoTime();
    Subject.Store store = subject.open(disk, STORE);
    try {
      opened(System.nanoTime() - begin);
      progress.step();
      NavigableMap<Bytes, Bytes> state = store.dump();
      progress.step();
      List<String> faults = store.check();
      progress.step();
      Verdict.Broken broken =
          faults.isEmpty()
              ? null
              : new Verdict.Broken(Invariant.STRUCTURE, String.join("\n", faults));
      return new Recovered(new Outcome(History.digest(state), broken), state);
    } finally {
      disk.crash();
      endWithoutPower(store);
    }
  }

  /** Ends the threads of a store whose disk is off; it cannot but complain. */
  static void endWithoutPower(Subject.Store store) {
    try {
      store.close();
    } catch (IOException | RuntimeException e) {
      // Expected: every call fails.
    }
  }

  private static Recovered broken(Invariant invariant, String detail) {
    return new Recovered(
        new Outcome(Digest.NONE, new Verdict.Broken(invariant, detail)), new TreeMap<>());
  }

  /** A store was opened, which took so long. */
  void opened(long nanos) {
    count.incrementAndGet();
    worstNanos.accumulateAndGet(nanos, Math::max);
  }

  long distinctImages() {
    return known.size();
  }

  long count() {
    return count.get();
  }

  Duration worst() {
    return Duration.ofNanos(worstNanos.get());
  }
}
