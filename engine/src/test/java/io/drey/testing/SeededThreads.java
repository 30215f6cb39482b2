package io.drey.testing;

import io.drey.vfs.Threads;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/**
 * Threads of which one runs at a time, by the choice of a seed: virtual threads on the thread that
 * calls {@link #run}, switched where one parks, waits for a lock or yields. Time is their own: each
 * step takes a millisecond of it. The same seed gives the same schedule, as long as the threads
 * look at nothing but each other.
 *
 * <p>The JDK's builder of virtual threads takes a scheduler, and does not say so: hence the
 * reflection, and {@code --add-opens java.base/java.lang} for the tests.
 */
public final class SeededThreads implements Threads {
  private static final long STEP_NANOS = 1_000_000;
  private static final int JUMPS_MAX = 1_000;

  /** Somebody who waits until {@code deadline}, or to be signalled. */
  private record Sleeper(Lock lock, Condition condition, long deadline) {}

  private final SplittableRandom random;
  private final List<Sleeper> sleepers = new ArrayList<>();
  private long now;
  private int jumps;
  private final List<Runnable> ready = new ArrayList<>();
  private final List<Thread> watched = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();
  private long steps;

  public SeededThreads(long seed) {
    this.random = new SplittableRandom(seed);
  }

  @Override
  public Thread unstarted(String name, Runnable body) {
    try {
      Method builder =
          Class.forName("java.lang.ThreadBuilders")
              .getDeclaredMethod(
                  "newVirtualThread", Executor.class, String.class, int.class, Runnable.class);
      builder.setAccessible(true);
      return (Thread) builder.invoke(null, (Executor) ready::add, name, 0, guarded(body));
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("this JDK builds virtual threads in another way", e);
    }
  }

  @Override
  @SuppressWarnings("WaitNotInLoop") // the caller has the loop
  public long awaitNanos(Lock lock, Condition condition, long nanos) throws InterruptedException {
    long deadline = now + nanos;
    sleepers.add(new Sleeper(lock, condition, deadline));
    condition.await();
    return deadline - now;
  }

  /** Wakes those whose time has come. */
  private void wake() {
    for (Sleeper sleeper : List.copyOf(sleepers)) {
      if (sleeper.deadline <= now) {
        sleepers.remove(sleeper);
        sleeper.lock.lock();
        try {
          sleeper.condition.signalAll();
        } finally {
          sleeper.lock.unlock();
        }
      }
    }
  }

  /** Where nobody can run, time goes on to the next who waits for it; a hang shows in the end. */
  private void passTime() {
    if (sleepers.isEmpty() || ++jumps > JUMPS_MAX) {
      throw new AssertionError("every thread waits, after " + steps + " steps");
    }
    now = sleepers.stream().mapToLong(Sleeper::deadline).min().orElseThrow();
    wake();
  }

  private Runnable guarded(Runnable body) {
    return () -> {
      try {
        body.run();
      } catch (Throwable e) {
        failures.add(e);
      }
    };
  }

  /** Starts a thread whose end {@link #run} waits for. */
  public void start(String name, Runnable body) {
    Thread thread = unstarted(name, body);
    watched.add(thread);
    thread.start();
  }

  /** Runs all threads until those that were started here have ended; how many steps it took. */
  public long run() {
    while (watched.stream().anyMatch(Thread::isAlive)) {
      if (ready.isEmpty()) {
        passTime();
        continue;
      }
      int chosen = random.nextInt(ready.size());
      Runnable step = ready.get(chosen);
      ready.set(chosen, ready.getLast());
      ready.removeLast();
      step.run();
      steps++;
      now += STEP_NANOS;
      wake();
    }
    watched.clear();
    if (!failures.isEmpty()) {
      AssertionError error = new AssertionError("a thread failed", failures.getFirst());
      failures.stream().skip(1).forEach(error::addSuppressed);
      throw error;
    }
    return steps;
  }
}
