package io.drey.crash.disk;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Runs what a store does on a thread of its own, and gives up when nothing happens for too long. A
 * thread that hangs is interrupted and left behind; it keeps nobody from ending.
 */
final class Watch implements AutoCloseable {
  private static final int SHOWN_FRAMES = 12;

  /** A task that says by {@link Progress#step} that it is still getting on. */
  interface Task<T> {
    T run(Progress progress) throws Exception;
  }

  /** Counts steps; a store has the time limit for each. */
  static final class Progress {
    private final AtomicLong steps = new AtomicLong();

    void step() {
      steps.incrementAndGet();
    }
  }

  /** A step took longer than the limit; the message shows what all threads were doing. */
  static final class Hang extends Exception {
    private static final long serialVersionUID = 1L;

    Hang(String message) {
      super(message);
    }
  }

  private final Duration limit;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("drey-crash-", 0).factory());

  Watch(Duration limit) {
    this.limit = limit;
  }

  /** The task's result. Whatever it throws is the cause of an ExecutionException. */
  <T> T run(SimulatedDisk disk, Task<T> task) throws Hang, ExecutionException {
    Progress progress = new Progress();
    Future<T> future = threads.submit(() -> task.run(progress));
    long seen = -1;
    while (true) {
      long before = progress.steps.get();
      if (before == seen) {
        String threadDump = threadDump();
        disk.crash();
        future.cancel(true);
        throw new Hang("nothing happened for " + limit.toMillis() + " ms\n" + threadDump);
      }
      seen = before;
      try {
        return future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        // Looks whether there was a step meanwhile.
      } catch (InterruptedException e) {
        future.cancel(true);
        Thread.currentThread().interrupt();
        throw new Hang("interrupted");
      }
    }
  }

  private static String threadDump() {
    StringBuilder dump = new StringBuilder();
    for (Map.Entry<Thread, StackTraceElement[]> one : Thread.getAllStackTraces().entrySet()) {
      StackTraceElement[] frames = one.getValue();
      if (one.getKey() != Thread.currentThread() && frames.length > 0) {
        dump.append(one.getKey().getName()).append(' ').append(one.getKey().getState());
        for (int i = 0; i < Math.min(frames.length, SHOWN_FRAMES); i++) {
          dump.append("\n    ").append(frames[i]);
        }
        dump.append('\n');
      }
    }
    return dump.toString();
  }

  /** A failure and where it came from, over a few lines. */
  static String describe(@Nullable Throwable failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable one = failure; one != null; one = one.getCause()) {
      text.append(text.isEmpty() ? "" : "\ncaused by ").append(one);
      StackTraceElement[] frames = one.getStackTrace();
      for (int i = 0; i < Math.min(frames.length, SHOWN_FRAMES); i++) {
        text.append("\n    at ").append(frames[i]);
      }
    }
    return text.toString();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
