package io.drey.vfs;

/**
 * Where the background threads of a store come from. Together with its file system they are all
 * that a store has of its surroundings, so whoever gives it both can replay a schedule.
 */
@FunctionalInterface
public interface Threads {
  /** Platform threads that keep no process alive. */
  Threads PLATFORM = (name, body) -> Thread.ofPlatform().daemon().name(name).unstarted(body);

  /** A thread that is not started yet. */
  Thread unstarted(String name, Runnable body);
}
