package io.drey.crash.disk;

import io.drey.crash.Bytes;
import io.drey.crash.Digest;
import io.drey.crash.Failure;
import io.drey.crash.History;
import io.drey.crash.Invariant;
import io.drey.crash.Moment;
import io.drey.crash.Operation;
import io.drey.crash.Promise;
import io.drey.crash.Subject;
import io.drey.crash.Verdict;
import io.drey.crash.disk.Life.Mark;
import io.drey.crash.disk.Life.Start;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Lets a store live through one life on a simulated disk. Used for one life. */
final class LifeRecorder {
  private final Subject subject;
  private final Recoveries recoveries;
  private final Start start;
  private final SimulatedDisk disk;
  private final List<Mark> marks = new ArrayList<>();
  private Digest opened = Digest.NONE;
  private int firstOperation = -1;

  private LifeRecorder(Subject subject, Recoveries recoveries, Start start) {
    this.subject = subject;
    this.recoveries = recoveries;
    this.start = start;
    this.disk = new SimulatedDisk(start.disk());
  }

  /** Opens the store, does that many operations, and closes it. */
  static Life record(
      Subject subject, Recoveries recoveries, Watch watch, Start start, int operations) {
    LifeRecorder recorder = new LifeRecorder(subject, recoveries, start);
    try (SimulatedDisk disk = recorder.disk) {
      Verdict.Broken broken = recorder.run(watch, operations);
      Trace trace = disk.trace();
      List<Mark> marks;
      synchronized (recorder) {
        marks = List.copyOf(recorder.marks);
      }
      return new Life(
          start.origin(),
          start.seed(),
          start.disk(),
          trace,
          marks,
          recorder.opened,
          recorder.firstOperation < 0 ? trace.end() : recorder.firstOperation,
          broken);
    }
  }

  private Verdict.@Nullable Broken run(Watch watch, int operations) {
    marks.add(new Mark(0, start.before().history(), momentBefore()));
    try {
      List<Verdict.Broken> broken = watch.run(disk, progress -> live(progress, operations));
      return broken.isEmpty() ? null : broken.getFirst();
    } catch (Watch.Hang e) {
      return new Verdict.Broken(Invariant.PROGRESS, String.valueOf(e.getMessage()));
    } catch (ExecutionException e) {
      Invariant invariant = marks.size() == 1 ? Invariant.OPENS : Invariant.TYPED_ERRORS;
      return new Verdict.Broken(invariant, Watch.describe(e.getCause()));
    }
  }

  /** After a loss of power, what would have survived a kill is no longer asked for. */
  private Moment momentBefore() {
    Moment moment = start.before().moment();
    int kept = moment.kept(start.survived());
    return new Moment(moment.started(), kept, moment.powerLoss(), moment.highestVersion());
  }

  private List<Verdict.Broken> live(Watch.Progress progress, int operations) throws Exception {
    long begin = System.nanoTime();
    Subject.Store store = subject.open(disk, Recoveries.STORE);
    boolean closed = false;
    try {
      recoveries.opened(System.nanoTime() - begin);
      progress.step();
      NavigableMap<Bytes, Bytes> found = store.dump();
      opened = History.digest(found);
      Mark before = start.before();
      Verdict verdict = before.history().judge(before.moment(), start.survived(), found);
      if (!(verdict instanceof Verdict.Sound sound)) {
        return List.of((Verdict.Broken) verdict);
      }
      History history = before.history().resumed(before.moment(), sound.operations());
      mark(history);
      RandomGenerator random = new SplittableRandom(start.seed());
      for (int i = 0; i < operations; i++) {
        progress.step();
        operate(store, history, subject.next(random, history.model()));
      }
      progress.step();
      List<Verdict.Broken> broken = check(store, history);
      progress.step();
      closed = true;
      store.close();
      List<String> untold = disk.untoldStores();
      if (!untold.isEmpty()) {
        broken.add(new Verdict.Broken(Invariant.STORES_TOLD, String.join("\n", untold)));
      }
      return broken;
    } finally {
      if (!closed) {
        disk.crash();
        Recoveries.endWithoutPower(store);
      }
    }
  }

  private void operate(Subject.Store store, History history, Operation operation) throws Exception {
    history.started(operation);
    mark(history);
    firstOperation = firstOperation < 0 ? disk.position() : firstOperation;
    try {
      history.acknowledged(store.apply(operation));
    } catch (Exception e) {
      Failure failure = subject.classify(e);
      history.failed(failure);
      if (failure != Failure.NOT_APPLIED) {
        throw e;
      }
    }
    mark(history);
  }

  private synchronized void mark(History history) {
    marks.add(new Mark(disk.position(), history, history.now()));
  }

  /** The store while it is open: what it holds, and its own check. */
  private List<Verdict.Broken> check(Subject.Store store, History history) throws Exception {
    List<Verdict.Broken> broken = new ArrayList<>();
    NavigableMap<Bytes, Bytes> found = store.dump();
    if (history.judge(history.now(), start.survived(), history.model())
        instanceof Verdict.Broken bad) {
      broken.add(bad);
    }
    History only = new History(history.model());
    if (only.judge(only.now(), Promise.POWER_LOSS, found) instanceof Verdict.Broken bad) {
      broken.add(new Verdict.Broken(Invariant.TRUE_READS, "before any crash: " + bad.detail()));
    }
    List<String> faults = store.check();
    if (!faults.isEmpty()) {
      broken.add(new Verdict.Broken(Invariant.STRUCTURE, String.join("\n", faults)));
    }
    return broken;
  }
}
