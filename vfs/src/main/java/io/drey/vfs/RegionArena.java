package io.drey.vfs;

import java.lang.foreign.Arena;
import java.util.concurrent.locks.LockSupport;

/** The arena of a region: opened when it is mapped, closed when it ends. */
final class RegionArena {
  private static final long PAUSE_NANOS = 50_000;

  private RegionArena() {}

  @SuppressWarnings("MustBeClosedChecker") // The region closes it.
  static Arena open() {
    return Arena.ofShared();
  }

  /**
   * Closes the arena as soon as no transfer uses its memory; true for the one call that did.
   *
   * <p>WHY a loop: an arena whose memory a channel is reading or writing refuses to close, and has
   * no way to wait for the end of that.
   */
  static boolean close(Arena arena) {
    boolean interrupted = false;
    try {
      while (arena.scope().isAlive()) {
        try {
          arena.close();
          return true;
        } catch (IllegalStateException e) {
          LockSupport.parkNanos(PAUSE_NANOS);
          // A set flag would make the next park return at once.
          interrupted |= Thread.interrupted();
        }
      }
      return false;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
