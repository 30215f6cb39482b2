package io.drey.crash.hostile;

import io.drey.crash.Invariant;
import io.drey.crash.Verdict;

/** Ends a run at the first broken invariant. */
final class Broken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Verdict.Broken verdict;

  Broken(Verdict.Broken verdict) {
    super(verdict.detail());
    this.verdict = verdict;
  }

  Broken(Invariant invariant, String detail) {
    this(new Verdict.Broken(invariant, detail));
  }

  /** With the trace of what the subject threw. */
  Broken(Invariant invariant, String detail, Throwable thrown) {
    this(invariant, detail + System.lineSeparator() + Traces.of(thrown));
  }

  Verdict.Broken verdict() {
    return verdict;
  }
}
