package io.drey.crash.disk;

import io.drey.crash.Invariant;
import io.drey.crash.Verdict;
import org.jspecify.annotations.Nullable;

/** Looks for a crash that is simpler than one that broke something, and breaks something too. */
final class Shortening {
  /** Positions without a failure after which the search for an earlier one ends. */
  private static final int PATIENCE = 12;

  private static final int RECOVERIES = 300;

  /** Recoveries to spend where a failing one takes as long as the limit for a call. */
  private static final int HANGS = 4;

  private final Recoveries recoveries;

  /** How many recoveries are left to spend. */
  private int left;

  private Crash best;
  private Verdict.Broken broken;

  private Shortening(Recoveries recoveries, Crash crash, Verdict.Broken broken) {
    this.recoveries = recoveries;
    this.best = crash;
    this.broken = broken;
    this.left = broken.invariant() == Invariant.PROGRESS ? HANGS : RECOVERIES;
  }

  /** A crash and what it breaks. */
  record Shortest(Crash crash, Verdict.Broken broken) {}

  static Shortest of(Recoveries recoveries, Crash crash, Verdict.Broken broken) {
    Shortening search = new Shortening(recoveries, crash, broken);
    search.lookEarlier();
    search.keepMore();
    return new Shortest(search.best, search.broken);
  }

  private void lookEarlier() {
    int misses = 0;
    for (int position = best.position() - 1; position >= 0 && misses < PATIENCE; position--) {
      misses = fails(best.at(position)) ? 0 : misses + 1;
    }
  }

  /** Keeps each effect that need not be lost, and drops whole what need not be torn. */
  private void keepMore() {
    for (int i = best.state().fates().size() - 1; i >= 0; i--) {
      Fate fate = best.state().fates().get(i);
      if (!fate.equals(Fate.KEPT) && !fails(best.with(i, Fate.KEPT)) && fate instanceof Fate.Torn) {
        fails(best.with(i, Fate.DROPPED));
      }
    }
  }

  /** Whether this crash breaks the same invariant; if so, it is the best so far. */
  private boolean fails(Crash crash) {
    if (left-- <= 0) {
      return false;
    }
    Verdict.@Nullable Broken found = crash.judge(recoveries);
    if (found == null || found.invariant() != broken.invariant()) {
      return false;
    }
    best = crash;
    broken = found;
    return true;
  }
}
