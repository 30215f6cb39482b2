package io.drey.crash.hostile;

import io.drey.crash.Ack;
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
import io.drey.crash.disk.DiskState;
import io.drey.crash.disk.SimulatedDisk;
import io.drey.crash.hostile.Fault.Lasting;
import io.drey.crash.hostile.Recovery.Trust;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A script on a disk with one fault. What is asked of the store:
 *
 * <ul>
 *   <li>every failure is typed, and comes only after the disk has failed;
 *   <li>after {@link Failure#NOT_APPLIED} all reads are right, and once the disk is well again the
 *       next try succeeds;
 *   <li>after {@link Failure#OUTCOME_UNKNOWN} reads are right, with or without the operation, or
 *       fail typed; the store closes and opens, and nothing acknowledged is missing;
 *   <li>{@link Failure#DAMAGE_FOUND} is said of a disk that lied only;
 *   <li>at the end, after a power cut as after a kill, the store opens and holds what it promised:
 *       on a disk that lied, what was there after some earlier operation, or it finds the damage.
 * </ul>
 *
 * Used once, by one thread.
 */
final class FaultRun {
  static final Path DIRECTORY = Path.of("/store");

  /** So often is something tried on a disk that keeps failing before the disk is healed. */
  private static final int TRIES = 2;

  private final Subject subject;
  private final @Nullable Fault fault;
  private final Script script;
  private final Watch watch;
  private final SimulatedDisk disk = new SimulatedDisk();
  private final HostileDisk hostile;
  private final List<Step> steps = Collections.synchronizedList(new ArrayList<>());
  private Set<Digest> images = Set.of();

  private History history = new History(new TreeMap<>());
  private Subject.@Nullable Store store;

  /** The store has found damage: no more is asked of it. */
  private boolean refused;

  /** The last operation of the history failed, and may have taken place. */
  private boolean inDoubt;

  private boolean healed;
  private int strikesAtOpen;
  private long recoveries;
  private long worstRecoveryNanos;
  private volatile Verdict.@Nullable Broken broken;

  FaultRun(Subject subject, @Nullable Fault fault, Script script, Watch watch) {
    this.subject = subject;
    this.fault = fault;
    this.script = script;
    this.watch = watch;
    this.hostile = new HostileDisk(disk, fault == null ? List.of() : List.of(fault));
  }

  void run() throws IOException {
    disk.createDirectory(DIRECTORY);
    disk.forceDirectory(Path.of("/"));
    try {
      open();
      work();
      if (!refused) {
        readAll();
      }
      crash();
    } catch (Broken e) {
      broken = e.verdict();
    } finally {
      disk.crash();
      closeAnyhow();
      disk.close();
    }
  }

  private void work() {
    Step step = refused ? null : script.next(history.model());
    while (step != null) {
      steps.add(step);
      watch.stepBegins();
      switch (step) {
        case Step.Do(Operation operation) -> apply(operation);
        case Step.Reopen _ -> {
          readAll();
          reopen();
        }
      }
      step = refused ? null : script.next(history.model());
    }
  }

  private void apply(Operation operation) {
    boolean again = true;
    for (int attempt = 1; again && !refused; attempt++) {
      boolean sound = isSound();
      boolean mayFail = !sound || (attempt == 1 && struckSinceOpen());
      history.started(operation);
      Ack ack;
      try {
        ack = store().apply(operation);
      } catch (Throwable e) {
        again = failed(operation, attempt, mayFail, e);
        continue;
      }
      // A disk that lies may take the store's word of which versions it has given.
      history.acknowledged(lies() ? Ack.of(ack.promise()) : ack);
      if (operation.reopens() && forgets()) {
        judgeReopened();
      }
      return;
    }
  }

  /** Whether the operation did not take place and is to be tried again. */
  private boolean failed(Operation operation, int attempt, boolean mayFail, Throwable thrown) {
    Failure failure = typed(operation.toString(), thrown);
    history.failed(failure);
    if (failure == Failure.NOT_APPLIED) {
      if (!mayFail) {
        throw new Broken(Invariant.TYPED_ERRORS, operation + " fails on a sound disk", thrown);
      }
      readAll();
      if (attempt >= TRIES) {
        heal();
      }
      return true;
    }
    inDoubt = true;
    if (failure == Failure.OUTCOME_UNKNOWN) {
      if (!struckSinceOpen()) {
        throw new Broken(Invariant.TYPED_ERRORS, operation + " fails on a sound disk", thrown);
      }
      readAll();
      heal();
      reopen();
    }
    return false;
  }

  /** An operation has opened the store again, on a disk that lied. */
  private void judgeReopened() {
    try {
      judgeRecovered();
    } catch (Broken e) {
      throw e;
    } catch (Throwable e) {
      typed("dump", e);
      heal();
      reopen();
    }
  }

  /** Reads everything and compares; a failure under a fault is repeated without. */
  private void readAll() {
    while (!refused) {
      boolean sound = isSound();
      try {
        NavigableMap<Bytes, Bytes> dump = store().dump();
        Moment now = history.now();
        int known = now.started() - (inDoubt ? 1 : 0);
        Moment live = new Moment(now.started(), known, known, now.highestVersion());
        if (history.judge(live, Promise.PROCESS_KILL, dump) instanceof Verdict.Broken wrong) {
          throw new Broken(Invariant.TRUE_READS, "read from the open store: " + wrong.detail());
        }
        return;
      } catch (Broken e) {
        throw e;
      } catch (Throwable e) {
        Failure failure = typed("dump", e);
        if (failure == Failure.OUTCOME_UNKNOWN && struckSinceOpen()) {
          return; // To be read after the store is opened again.
        }
        if (sound && failure != Failure.DAMAGE_FOUND) {
          throw new Broken(Invariant.TYPED_ERRORS, "dump fails on a sound disk", e);
        }
        heal();
      }
    }
  }

  private void reopen() {
    if (!refused) {
      try {
        store().close();
      } catch (Throwable e) {
        typed("close", e);
      }
      store = null;
      open();
    }
  }

  private void open() {
    watch.stepBegins();
    refused = false;
    for (int attempt = 1; store == null && !refused; attempt++) {
      boolean sound = isSound();
      strikesAtOpen = hostile.strikes().size();
      long start = System.nanoTime();
      try {
        store = subject.open(hostile.vfs(), DIRECTORY);
        recoveries++;
        worstRecoveryNanos = Math.max(worstRecoveryNanos, System.nanoTime() - start);
        judgeRecovered();
      } catch (Broken e) {
        throw e;
      } catch (Throwable e) {
        Failure failure = typed("open", e);
        if (sound && failure != Failure.DAMAGE_FOUND) {
          throw new Broken(Invariant.OPENS, "open fails on a sound disk", e);
        }
        // A read that lied may have been all: once more without.
        refused &= sound;
        closeAnyhow();
        if (attempt >= TRIES) {
          heal();
        }
      }
    }
  }

  private void judgeRecovered() throws Exception {
    NavigableMap<Bytes, Bytes> dump = store().dump();
    List<String> problems = store().check();
    if (!problems.isEmpty() && !lies()) {
      throw new Broken(Invariant.STRUCTURE, "after opening: " + problems);
    }
    Moment now = history.now();
    Promise survived = forgets() ? Promise.NOTHING : Promise.PROCESS_KILL;
    history =
        switch (history.judge(now, survived, dump)) {
          case Verdict.Broken wrong -> throw new Broken(wrong);
          case Verdict.Sound(int operations) -> history.resumed(now, operations);
        };
    inDoubt = false;
  }

  private void crash() throws IOException {
    disk.crash();
    closeAnyhow();
    DiskState end = disk.trace().at(disk.position());
    Aftermath aftermath = new Aftermath(subject, history, hostile);
    recoveries += 2;
    watch.stepBegins();
    aftermath.judgePowerCut(end, DIRECTORY, lies() ? Trust.NONE : Trust.FULL);
    watch.stepBegins();
    aftermath.judgeKill(end, DIRECTORY, forgets() ? Trust.NONE : Trust.FULL);
    images = aftermath.images();
    worstRecoveryNanos = Math.max(worstRecoveryNanos, aftermath.worstNanos());
  }

  /** What the failure says; that it is typed, and is allowed to find damage if it does. */
  private Failure typed(String doing, Throwable thrown) {
    if (thrown instanceof Broken broke) {
      throw broke;
    }
    Failure failure = subject.classify(thrown);
    if (failure == Failure.BUG) {
      throw new Broken(Invariant.TYPED_ERRORS, doing + " fails untyped", thrown);
    }
    if (hostile.strikes().isEmpty()) {
      throw new Broken(Invariant.TYPED_ERRORS, doing + " fails on a sound disk", thrown);
    }
    if (failure == Failure.DAMAGE_FOUND) {
      if (!lies() && !isUnreadable()) {
        throw new Broken(Invariant.TYPED_ERRORS, doing + " finds damage where none is", thrown);
      }
      refused = true;
    }
    return failure;
  }

  private void heal() {
    healed = true;
    hostile.heal();
  }

  /** Whether nothing fails from now on. */
  private boolean isSound() {
    return fault == null
        || healed
        || (fault.lasting() == Lasting.ONCE && !hostile.strikes().isEmpty());
  }

  /** Whether the open store has met the fault, perhaps on a thread of its own. */
  private boolean struckSinceOpen() {
    return hostile.strikes().size() > strikesAtOpen;
  }

  private boolean lies() {
    return fault != null && fault.kind().lies();
  }

  /** Whether what was done may be gone although there was no power cut. */
  private boolean forgets() {
    return fault != null && fault.kind().lies() && fault.kind() != FaultKind.LOST_FORCE;
  }

  private boolean isUnreadable() {
    return fault != null && fault.point().kind() == CallKind.READ;
  }

  private Subject.Store store() {
    return Objects.requireNonNull(store);
  }

  /** Ends the store's threads; whatever it says does not count any more. */
  private void closeAnyhow() {
    Subject.Store open = store;
    store = null;
    if (open != null) {
      try {
        open.close();
      } catch (Throwable e) {
        // The disk is gone, or the store has failed before.
      }
    }
  }

  /** Called by the one who watches, when this run is given up. Ends the disk under it. */
  void hangs(Verdict.Broken hang) {
    disk.crash();
    broken = hang;
  }

  Verdict.@Nullable Broken broken() {
    return broken;
  }

  HostileDisk disk() {
    return hostile;
  }

  /** The steps that were begun. */
  List<Step> steps() {
    return List.copyOf(steps);
  }

  Set<Digest> images() {
    return images;
  }

  long recoveries() {
    return recoveries;
  }

  long worstRecoveryNanos() {
    return worstRecoveryNanos;
  }
}
