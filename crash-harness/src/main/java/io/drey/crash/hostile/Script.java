package io.drey.crash.hostile;

import io.drey.crash.Bytes;
import io.drey.crash.Subject;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What a run does, step by step. Used once. */
@FunctionalInterface
interface Script {
  /** The next step on a store that holds {@code model}; null = that was all. */
  @Nullable Step next(NavigableMap<Bytes, Bytes> model);

  /** So many operations drawn by the subject, with one closing and opening half-way. */
  static Script drawn(Subject subject, long seed, int operations) {
    RandomGenerator random = new SplittableRandom(seed);
    int[] steps = {0};
    return model -> {
      int step = steps[0]++;
      if (step == operations / 2) {
        return new Step.Reopen();
      }
      return step > operations
          ? null
          : new Step.Do(subject.next(random, Collections.unmodifiableNavigableMap(model)));
    };
  }

  /** These steps. */
  static Script of(List<Step> steps) {
    Iterator<Step> left = steps.iterator();
    return _ -> left.hasNext() ? left.next() : null;
  }
}
