package io.drey.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Runs bodies in threads of their own and fails with a dump of all threads when one of them hangs.
 * The first failure of a body is the failure of the whole, the others are added to it.
 */
public final class Watchdog {
  /** What a thread does; may throw anything. */
  @FunctionalInterface
  public interface Body {
    /** Runs to its end, or throws. */
    void run() throws Exception;
  }

  private final Duration patience;
  private final List<Thread> threads = new ArrayList<>();
  private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());

  private Watchdog(Duration patience) {
    this.patience = patience;
  }

  /** Returns a watchdog that waits {@code patience} for all its threads together. */
  public static Watchdog patientFor(Duration patience) {
    return new Watchdog(patience);
  }

  /** Runs one body under a watchdog of its own. */
  public static void within(Duration patience, Body body) {
    patientFor(patience).start("body", body).join();
  }

  /** Starts a thread. */
  public Watchdog start(String name, Body body) {
    launch(name, body);
    return this;
  }

  /** Starts a thread and returns it, for those who want to interrupt it. */
  public Thread launch(String name, Body body) {
    Thread thread =
        new Thread(
            () -> {
              try {
                body.run();
              } catch (Throwable failure) {
                failures.add(failure);
              }
            },
            "watched-" + name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
    return thread;
  }

  /** Waits for all threads; throws what they threw, or a thread dump when time is up. */
  public void join() {
    long deadline = System.nanoTime() + patience.toNanos();
    for (Thread thread : threads) {
      await(thread, deadline);
    }
    Throwable first = failures.isEmpty() ? null : failures.getFirst();
    if (first != null) {
      AssertionError error = new AssertionError("a watched thread failed: " + first, first);
      failures.stream().skip(1).forEach(error::addSuppressed);
      throw error;
    }
  }

  private void await(Thread thread, long deadline) {
    try {
      long left = Math.max(1, (deadline - System.nanoTime()) / 1_000_000);
      thread.join(left);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("the watchdog itself was interrupted", e);
    }
    if (thread.isAlive()) {
      AssertionError error =
          new AssertionError(
              thread.getName() + " did not end within " + patience + "\n" + dump(thread));
      failures.forEach(error::addSuppressed);
      throw error;
    }
  }

  private static String dump(Thread culprit) {
    StringBuilder text = new StringBuilder();
    append(text, culprit, culprit.getStackTrace());
    Thread.getAllStackTraces().forEach((thread, frames) -> append(text, thread, frames));
    return text.toString();
  }

  private static void append(StringBuilder text, Thread thread, StackTraceElement[] frames) {
    text.append(thread.getName()).append(", ").append(thread.getState()).append('\n');
    for (StackTraceElement frame : frames) {
      text.append("    ").append(frame).append('\n');
    }
  }
}
