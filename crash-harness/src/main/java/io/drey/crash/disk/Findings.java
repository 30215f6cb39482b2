package io.drey.crash.disk;

import io.drey.crash.Finding;
import io.drey.crash.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Collects what a campaign found, shortened, each once. Safe for use by many threads. */
final class Findings {
  static final String CAMPAIGN = "power loss";

  private final Recoveries recoveries;
  private final int wanted;
  private final @Nullable Path images;

  /** Guards all below; held while a finding is shortened. */
  private final ReentrantLock lock = new ReentrantLock();

  private final List<Finding> findings = new ArrayList<>();
  private final Set<String> reproductions = new HashSet<>();

  /** Findings that may still be shortened: one mistake of a store breaks many states. */
  private int left;

  private volatile boolean enough;

  Findings(Recoveries recoveries, int wanted, @Nullable Path images) {
    this.recoveries = recoveries;
    this.wanted = wanted;
    this.images = images;
    this.left = 4 * wanted;
  }

  boolean enough() {
    return enough;
  }

  /** A crash from which no sound recovery leads. */
  void add(Crash crash, Verdict.Broken broken) {
    lock.lock();
    try {
      if (enough()) {
        return;
      }
      Shortening.Shortest shortest = Shortening.of(recoveries, crash, broken);
      List<String> lines = shortest.crash().lines();
      Finding finding =
          new Finding(
              CAMPAIGN,
              shortest.broken(),
              crash.life().seed(),
              shortest.crash().where(),
              String.join("\n", lines));
      if (add(finding) && images != null) {
        shortest.crash().state().image().writeTo(images.resolve("finding-" + findings.size()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock.unlock();
    }
  }

  /** A life in which something went wrong before its end. */
  void add(Life life, Verdict.Broken broken) {
    lock.lock();
    try {
      if (!enough()) {
        List<String> lines = new ArrayList<>(life.origin());
        lines.addAll(
            Crash.kill(life, life.trace().end(), life.trace().at(life.trace().end())).lines());
        add(new Finding(CAMPAIGN, broken, life.seed(), "no crash", String.join("\n", lines)));
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean add(Finding finding) {
    left--;
    boolean isNew = reproductions.add(finding.verdict().invariant() + finding.reproduction());
    if (isNew) {
      findings.add(finding);
    }
    enough = left == 0 || findings.size() >= wanted;
    return isNew;
  }

  List<Finding> all() {
    lock.lock();
    try {
      return List.copyOf(findings);
    } finally {
      lock.unlock();
    }
  }
}
