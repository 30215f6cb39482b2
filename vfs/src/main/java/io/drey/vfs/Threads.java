package io.drey.vfs;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/**
 * Where the background threads of a store come from, and how time passes for them. Together with
 * its file system they are all that a store has of its surroundings, so whoever gives it both can
 * replay a schedule. (Times that only events and statistics tell are the system's.)
 */
@FunctionalInterface
public interface Threads {
  /** Platform threads that keep no process alive. */
  Threads PLATFORM = (name, body) -> Thread.ofPlatform().daemon().name(name).unstarted(body);

  /** A thread that is not started yet. */
  Thread unstarted(String name, Runnable body);

  /**
   * Waits, as {@link Condition#awaitNanos}, on a condition of a lock that the caller holds.
   *
   * @return what is left of {@code nanos}; zero or less when the time is over
   */
  @SuppressWarnings("WaitNotInLoop") // the caller has the loop
  default long awaitNanos(Lock lock, Condition condition, long nanos) throws InterruptedException {
    return condition.awaitNanos(nanos);
  }
}
