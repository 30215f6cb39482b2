package io.drey.crash.hostile;

import io.drey.crash.Bytes;
import io.drey.crash.Failure;
import io.drey.crash.History;
import io.drey.crash.Invariant;
import io.drey.crash.Moment;
import io.drey.crash.Promise;
import io.drey.crash.Subject;
import io.drey.crash.Verdict;
import io.drey.vfs.Vfs;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;

/** Opens what a crash or damage left on a disk that is sound again, and judges what it holds. */
final class Recovery {
  /** How a store answered. */
  enum Answer {
    /** It holds all that was done. */
    COMPLETE,
    /** It holds what was there after some earlier operation. */
    OLDER,
    /** It said that its files are damaged. */
    REFUSED
  }

  /** Whether the disk has lied or was damaged, so that an older state or a refusal is right. */
  enum Trust {
    FULL,
    NONE
  }

  private final Subject subject;
  private final History history;
  private final Moment crash;
  private final Promise survived;
  private final Trust trust;
  private long nanos;

  Recovery(Subject subject, History history, Moment crash, Promise survived, Trust trust) {
    this.subject = subject;
    this.history = history;
    this.crash = crash;
    this.survived = trust == Trust.FULL ? survived : Promise.NOTHING;
    this.trust = trust;
  }

  /** Throws {@link Broken} if the answer is not allowed; {@code after} says what happened. */
  Answer judge(Vfs disk, Path directory, String after) {
    NavigableMap<Bytes, Bytes> dump;
    List<String> problems;
    long start = System.nanoTime();
    try (Subject.Store store = subject.open(disk, directory)) {
      nanos = System.nanoTime() - start;
      dump = store.dump();
      problems = store.check();
    } catch (Throwable e) {
      if (trust == Trust.NONE && subject.classify(e) == Failure.DAMAGE_FOUND) {
        return Answer.REFUSED;
      }
      Invariant invariant = nanos == 0 ? Invariant.OPENS : Invariant.TYPED_ERRORS;
      throw new Broken(invariant, "after %s: %s".formatted(after, subject.classify(e)), e);
    }
    if (!problems.isEmpty()) {
      if (trust == Trust.NONE) {
        return Answer.REFUSED;
      }
      throw new Broken(Invariant.STRUCTURE, "after " + after + ": " + problems);
    }
    return switch (history.judge(crash, survived, dump)) {
      case Verdict.Broken broken ->
          throw new Broken(broken.invariant(), "after " + after + ": " + broken.detail());
      case Verdict.Sound(int operations) ->
          operations == crash.started() ? Answer.COMPLETE : Answer.OLDER;
    };
  }

  /** How long opening took; 0 if it failed. */
  long nanos() {
    return nanos;
  }
}
