package io.drey.testing;

import io.drey.vfs.Threads;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;

/**
 * Threads of which one runs at a time, by the choice of a seed: virtual threads on the thread that
 * calls {@link #run}, switched where one parks, waits for a lock or yields. The same seed gives the
 * same schedule, as long as the threads look at nothing but each other.
 *
 * <p>The JDK's builder of virtual threads takes a scheduler, and does not say so: hence the
 * reflection, and {@code --add-opens java.base/java.lang} for the tests.
 */
public final class SeededThreads implements Threads {
  private final SplittableRandom random;
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
        throw new AssertionError("every thread waits, after " + steps + " steps");
      }
      int chosen = random.nextInt(ready.size());
      Runnable step = ready.get(chosen);
      ready.set(chosen, ready.getLast());
      ready.removeLast();
      step.run();
      steps++;
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
