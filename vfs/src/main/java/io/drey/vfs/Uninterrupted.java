package io.drey.vfs;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** Waiting that an interrupt neither ends nor gets lost in: the flag is set again afterwards. */
final class Uninterrupted {
  private Uninterrupted() {}

  /** Runs the task on a thread nobody knows, so that nobody can interrupt it, and waits for it. */
  static <T> T call(Callable<T> task) throws IOException {
    FutureTask<T> future = new FutureTask<>(task);
    Thread.ofPlatform()
        .name("drey-file")
        .daemon()
        .inheritInheritableThreadLocals(false)
        .start(future);
    return get(future);
  }

  /** The future's result, or what it failed with. */
  static <T> T get(Future<T> future) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw asThrown(Objects.requireNonNull(e.getCause()));
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static IOException asThrown(Throwable cause) {
    return switch (cause) {
      case IOException e -> e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> new IOException(cause);
    };
  }
}
