package io.drey.history;

import io.drey.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** All workers at once, each with its own choices, from one moment of rest to the next. */
final class Round {
  /** What the keeper does beside the workers. */
  enum Upkeep {
    ALL,
    /** So that the journal has to tell all that happens. */
    WITHOUT_CHECKPOINTS
  }

  /** How long the keeper lets the workers alone, in nanoseconds at most. */
  private static final int KEEPER_PAUSE_NANOS = 4_000_000;

  private static final int HOT_KEYS = 12;

  /** Long enough that a tree empties while more is removed, and fills again. */
  private static final int ROUNDS_PER_MIX = 4;

  private final Setting setting;
  private final Keyspace keys;
  private final Tree tree;
  private final long seed;
  private final int number;
  private final Upkeep upkeep;
  private final Progress progress;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final List<Recorder> recorders = new ArrayList<>();
  private final CountDownLatch ended;

  Round(
      Setting setting,
      Keyspace keys,
      Tree tree,
      long seed,
      int number,
      Upkeep upkeep,
      Progress progress) {
    this.setting = setting;
    this.keys = keys;
    this.tree = tree;
    this.seed = seed;
    this.number = number;
    this.upkeep = upkeep;
    this.progress = progress;
    this.ended = new CountDownLatch(setting.threads);
  }

  /**
   * Plays it.
   *
   * @return what happened, without the state at the end
   * @throws IllegalHistory if a worker saw what cannot be
   */
  List<Event> play() throws Exception {
    AtomicLong tickets = new AtomicLong();
    for (int thread = 0; thread < setting.threads; thread++) {
      recorders.add(new Recorder(thread, tickets));
    }
    progress.watch(recorders);
    CyclicBarrier begin = new CyclicBarrier(setting.threads);
    for (Recorder recorder : recorders) {
      builder("worker-" + recorder.thread()).start(() -> work(recorder, begin));
    }
    Thread keeper = Thread.ofPlatform().daemon().name("keeper").start(this::keep);
    ended.await();
    LockSupport.unpark(keeper);
    keeper.join();
    Throwable thrown = failure.get();
    if (thrown != null) {
      throw new IllegalHistory("in a worker: " + thrown, thrown);
    }
    List<Event> events = new ArrayList<>();
    recorders.forEach(recorder -> events.addAll(recorder.events()));
    return events;
  }

  /** Odd rounds are played by virtual threads. */
  private Thread.Builder builder(String name) {
    return number % 2 == 1
        ? Thread.ofVirtual().name(name)
        : Thread.ofPlatform().daemon().name(name);
  }

  /** The choices of a worker in a round, which a seed repeats. */
  static Choices choices(Setting setting, Keyspace keys, long seed, int round, int thread) {
    SplittableRandom random = new SplittableRandom(Values.mix(seed) + round);
    Choices.Mix[] mixes = Choices.Mix.values();
    Choices.Mix mix = mixes[round / ROUNDS_PER_MIX % mixes.length];
    int from = random.nextInt(Math.max(1, keys.choices() - HOT_KEYS));
    Span hot = new Span(from, Math.min(keys.choices(), from + HOT_KEYS));
    long values = (long) round * setting.choicesPerRound * Choice.KEYS;
    return new Choices(
        Values.mix(seed) + round, thread, values, setting.sizes(), keys.choices(), hot, mix);
  }

  private void work(Recorder recorder, CyclicBarrier begin) {
    try (Player player = new Player(tree, keys, recorder, setting.sections())) {
      Choices choices = choices(setting, keys, seed, number, recorder.thread());
      begin.await();
      for (int i = 0; i < setting.choicesPerRound && failure.get() == null; i++) {
        player.play(choices.next());
      }
    } catch (Throwable e) {
      fail(e);
    } finally {
      ended.countDown();
    }
  }

  /** Looks after the tree while the others work in it. */
  private void keep() {
    SplittableRandom random = new SplittableRandom(seed ^ number);
    try {
      while (ended.getCount() > 0) {
        switch (random.nextInt(8)) {
          case 0, 1, 2 -> {
            if (upkeep == Upkeep.ALL) {
              tree.checkpoint();
            }
          }
          case 3, 4 -> tree.compact();
          case 5 -> tree.stats();
          case 6 -> {
            if (!tree.check().isEmpty()) {
              throw new IllegalHistory("check finds " + tree.check());
            }
          }
          default -> {}
        }
        LockSupport.parkNanos(random.nextInt(KEEPER_PAUSE_NANOS));
      }
    } catch (Throwable e) {
      fail(e);
    }
  }

  /** Said at once: whoever fails inside the engine may leave the others hanging. */
  private void fail(Throwable thrown) {
    if (failure.compareAndSet(null, thrown)) {
      System.out.println("failed, in round " + number + ", in " + Thread.currentThread().getName());
      thrown.printStackTrace(System.out);
    }
  }

  /** The longest call, in nanoseconds. */
  long worstNanos() {
    return recorders.stream().mapToLong(Recorder::worstNanos).max().orElse(0);
  }

  long operations() {
    return recorders.stream().mapToLong(Recorder::operations).sum();
  }
}
