package io.drey.crash.hostile;

import io.drey.crash.Invariant;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Sees to it that a task that waits forever is found and left behind. */
final class Watch {
  interface Task {
    void run(Watch watch) throws Exception;
  }

  private final AtomicLong steps = new AtomicLong();

  private Watch() {}

  /** Told by the task: it is getting on. */
  void stepBegins() {
    steps.incrementAndGet();
  }

  /**
   * Runs the task on a thread of its own.
   *
   * @throws Broken if the task does, or if no step begins for longer than {@code patience}; the
   *     thread is then left where it is
   */
  static void over(Task task, Duration patience) {
    Watch watch = new Watch();
    FutureTask<Void> future =
        new FutureTask<>(() -> {
          task.run(watch);
          return null;
        });
    Thread worker = Thread.ofPlatform().daemon().name("run under watch").start(future);
    long seen = -1;
    while (seen != watch.steps.get()) {
      seen = watch.steps.get();
      try {
        future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException e) {
        // Looks again.
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Broken broken) {
          throw broken;
        }
        throw new IllegalStateException("the harness itself failed", e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while a run was under way", e);
      }
    }
    throw new Broken(
        Invariant.PROGRESS,
        "no step for %d s%n%s".formatted(patience.toSeconds(), Traces.ofThreads(worker)));
  }
}
