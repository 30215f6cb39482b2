package io.drey.history;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** An endless row of choices from a seed. */
final class Choices {
  /** How often a worker chooses what. */
  enum Mix {
    /** All sorts, as much stored as removed. */
    EVEN(1, 1),
    /** More stored than removed. */
    GROWING(3, 1),
    /** More removed than stored. */
    SHRINKING(1, 4);

    private final Map<Kind, Integer> weights = new EnumMap<>(Kind.class);
    private final int sum;

    Mix(int storing, int removing) {
      for (Kind kind : Kind.values()) {
        weights.put(
            kind,
            switch (kind) {
              case GET, ENTRY -> 12;
              case CONTAINS, COPY, GET_ALL, LONGEST_PREFIX, COUNT, PREFIX_EMPTY -> 3;
              case PUT, SET -> 8 * storing;
              case PUT_IF_ABSENT -> 4 * storing;
              case REPLACE, UPDATE -> 5;
              case DELETE -> 8 * removing;
              case DELETE_AT -> 3 * removing;
              case RENAME -> 8;
              case BATCH -> 8;
              case SCAN, SNAPSHOT -> 8;
            });
      }
      sum = weights.values().stream().mapToInt(Integer::intValue).sum();
    }

    private Kind draw(SplittableRandom random) {
      int left = random.nextInt(sum);
      for (Map.Entry<Kind, Integer> entry : weights.entrySet()) {
        left -= entry.getValue();
        if (left < 0) {
          return entry.getKey();
        }
      }
      throw new AssertionError(left);
    }
  }

  /** Of so many choices of a key, one is of any key, and the others of the hot ones. */
  private static final int ANY_KEY = 3;

  private final SplittableRandom random;
  private final int thread;
  private final Values.Sizes sizes;
  private final int keys;
  private final Span hot;
  private final Mix mix;
  private long values;

  /**
   * The choices of one worker.
   *
   * @param values how many values it has used up before
   * @param keys how many keys there are to choose from
   * @param hot keys that are chosen more often than others
   */
  Choices(long seed, int thread, long values, Values.Sizes sizes, int keys, Span hot, Mix mix) {
    this.random = new SplittableRandom(Values.mix(seed) + thread);
    this.thread = thread;
    this.values = values;
    this.sizes = sizes;
    this.keys = keys;
    this.hot = hot;
    this.mix = mix;
  }

  Choice next() {
    Kind kind = mix.draw(random);
    List<Integer> chosen = new ArrayList<>();
    List<Long> fresh = new ArrayList<>();
    for (int i = 0; i < Choice.KEYS; i++) {
      chosen.add(
          random.nextInt(ANY_KEY) == 0
              ? random.nextInt(keys)
              : random.nextInt(hot.from(), hot.to()));
      fresh.add(Values.number(sizes, thread, ++values));
    }
    return new Choice(kind, chosen, fresh, random.nextLong());
  }

  /** How many values are used up. */
  long values() {
    return values;
  }
}
