package io.drey.crash.hostile;

import java.util.ArrayList;
import java.util.List;

/** Finds fewer steps that break the same invariant under the same fault. */
final class Shortening {
  /** Runs the steps; whether they break what they are to break. */
  interface Trial {
    boolean breaks(List<Step> steps);
  }

  private final Trial trial;
  private int left;

  /** Makes at most {@code trials} attempts. */
  Shortening(Trial trial, int trials) {
    this.trial = trial;
    this.left = trials;
  }

  /** The shortest list found; the steps themselves if no shorter one breaks anything. */
  List<Step> of(List<Step> steps) {
    List<Step> shortest = new ArrayList<>(steps);
    for (int piece = Math.max(1, shortest.size() / 2); piece > 0; piece /= 2) {
      for (int from = shortest.size() - piece; from >= 0 && left > 0; from -= piece) {
        List<Step> shorter = new ArrayList<>(shortest);
        shorter.subList(from, Math.min(from + piece, shorter.size())).clear();
        left--;
        if (trial.breaks(shorter)) {
          shortest = shorter;
        }
      }
    }
    return shortest;
  }
}
