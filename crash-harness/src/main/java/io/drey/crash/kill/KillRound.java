package io.drey.crash.kill;

import io.drey.crash.Digest;
import io.drey.crash.Failure;
import io.drey.crash.History;
import io.drey.crash.Invariant;
import io.drey.crash.Moment;
import io.drey.crash.Operation;
import io.drey.crash.Promise;
import io.drey.crash.Subject;
import io.drey.crash.Verdict;
import java.io.IOException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One child, from its start to its end. */
final class KillRound {
  private static final long NEVER = Long.MAX_VALUE;

  private final Child child;
  private final Plan plan;
  private final Plans plans;
  private final KillOptions options;
  private final Subject subject;
  private final long seed;
  private final RandomGenerator random;
  private final Trail trail;

  private History history;
  private final Moment crash;
  private Verdict.@Nullable Broken broken;
  private @Nullable Digest digest;
  private @Nullable Operation operation;
  private boolean inDoubt;
  private boolean recovered;
  private boolean reached;
  private boolean done;
  private boolean killed;
  private long recoveryNanos;
  private int drawn;
  private int acknowledged;

  /** When to kill, as {@link System#nanoTime}; measured from the start of this round. */
  private long killAt = NEVER;

  private final long start = System.nanoTime();
  private long lastWord;

  /**
   * @param history of the store so far; its last life ended at {@code crash}
   * @param seed of the operations of this round
   */
  KillRound(
      Child child,
      Plan plan,
      Plans plans,
      KillOptions options,
      Subject subject,
      long seed,
      Trail trail,
      History history) {
    this.child = child;
    this.plan = plan;
    this.plans = plans;
    this.options = options;
    this.subject = subject;
    this.seed = seed;
    this.random = Subjects.random(seed);
    this.trail = trail;
    this.history = history;
    this.crash = history.now();
  }

  /** Runs until the child is gone. */
  void run() throws IOException {
    Message message = null;
    while (!(message instanceof Message.Gone)) {
      long silence = lastWord + options.limits().silence().toNanos();
      message = child.next(Math.max(0, Math.min(killAt, silence) - now()));
      if (message != null) {
        long waited = now() - lastWord;
        lastWord = now();
        if (broken == null) {
          take(message, waited);
        }
      } else if (now() >= killAt) {
        kill();
      } else if (now() >= silence && broken == null) {
        hangs();
        lastWord = now();
      }
    }
    int exitCode = child.exitCode();
    boolean closed = done && exitCode == 0;
    killed &= exitCode == Child.KILLED;
    if (broken == null && !closed && !killed) {
      breaks(
          Invariant.TYPED_ERRORS,
          "the process ended by itself, exit code %d%n%s".formatted(exitCode, child.printed()));
    }
    trail.add(ending());
  }

  private void take(Message message, long waited) {
    switch (message) {
      case Message.Started _ -> {
        if (plan instanceof Plan.InRecovery kill) {
          killAt = now() + kill.nanos();
        }
      }
      case Message.Recovered found -> recovered(found, waited);
      case Message.Acked acked -> {
        plans.acknowledged(waited);
        inDoubt = false;
        history.acknowledged(acked.ack());
        trail.add("acknowledged, survives %s: %s".formatted(acked.ack().promise(), last()));
        acknowledged++;
        startNext();
      }
      case Message.Failed failed -> {
        history.failed(failed.failure());
        inDoubt = false;
        trail.add("failed, %s: %s".formatted(failed.failure(), last()));
        if (failed.failure() == Failure.NOT_APPLIED) {
          startNext();
        } else {
          breaks(Invariant.TYPED_ERRORS, "failed on a sound disk: " + failed.trace());
        }
      }
      case Message.GaveUp gaveUp ->
          breaks(
              gaveUp.doing().equals("open") ? Invariant.OPENS : Invariant.TYPED_ERRORS,
              "%s failed on a sound disk: %s".formatted(gaveUp.doing(), gaveUp.trace()));
      case Message.Reached _ -> {
        reached = true;
        if (plan instanceof Plan.AtPoint at) {
          plans.reached(at);
          killAt = now() + at.nanos();
        }
      }
      case Message.Done finished -> {
        done = true;
        plans.finished(plan, finished.calls());
      }
      case Message.Gone _ -> {}
    }
  }

  private void recovered(Message.Recovered found, long waited) {
    recovered = true;
    recoveryNanos = found.nanos();
    digest = History.digest(found.dump());
    plans.recovered(waited);
    trail.add("recovered %d records".formatted(found.dump().size()));
    switch (history.judge(crash, Promise.PROCESS_KILL, found.dump())) {
      case Verdict.Broken verdict -> {
        broken = verdict;
        child.kill();
      }
      case Verdict.Sound sound -> {
        history = history.settled(crash, sound.operations());
        if (found.problems().isEmpty()) {
          if (!killed) {
            child.go(seed, options.operations());
            startNext();
          }
        } else {
          breaks(Invariant.STRUCTURE, String.join(System.lineSeparator(), found.problems()));
        }
      }
    }
  }

  /** WHY here: the child begins the next operation without asking, as soon as it has spoken. */
  private void startNext() {
    if (drawn < options.operations()) {
      operation = subject.next(random, history.model());
      history.started(operation);
      inDoubt = true;
      drawn++;
    }
    if (plan instanceof Plan.AtWork at && acknowledged == at.acknowledged()) {
      killAt = Math.min(killAt, now() + at.nanos());
    }
  }

  private void kill() {
    child.kill();
    killed = true;
    killAt = NEVER;
  }

  private void hangs() {
    breaks(
        Invariant.PROGRESS,
        "nothing was heard for %d s%n%s"
            .formatted(options.limits().silence().toSeconds(), child.threads()));
  }

  private void breaks(Invariant invariant, String detail) {
    broken = new Verdict.Broken(invariant, detail);
    child.kill();
  }

  private String last() {
    return String.valueOf(operation);
  }

  /** How the round ended, for the trail and the place of a finding. */
  private String ending() {
    String how =
        switch (plan) {
          case Plan.AtPoint at when reached -> "killed " + at.point();
          case Plan _ when killed && !recovered -> "killed in recovery";
          case Plan _ when killed -> "killed at work";
          default -> done ? "closed" : "ended";
        };
    String doubt = inDoubt ? ", in doubt: " + last() : "";
    return "%s after %d of %d operations%s"
        .formatted(how, acknowledged, options.operations(), doubt);
  }

  Verdict.@Nullable Broken broken() {
    return broken;
  }

  /** The expectation the next child is to meet. */
  History history() {
    return history;
  }

  /** What this child recovered; null if it was killed before it could tell. */
  @Nullable Digest digest() {
    return digest;
  }

  long recoveryNanos() {
    return recoveryNanos;
  }

  boolean killed() {
    return killed;
  }

  boolean reached() {
    return reached;
  }

  int acknowledged() {
    return acknowledged;
  }

  private long now() {
    return System.nanoTime() - start;
  }
}
