package io.drey.engine.log;

import org.jspecify.annotations.Nullable;

/**
 * Whether the store may still be written: the first final failure is kept and ends all writing.
 *
 * <p>Final are a failed force of any file, since what reached the disk is unknown from then on, and
 * an unexpected error while a change was applied. Reads go on.
 */
public final class Health {
  private volatile @Nullable Throwable failure;

  /** The first final failure, or null. */
  public @Nullable Throwable failure() {
    return failure;
  }

  /** Remembers the first failure; later ones are attached to it. */
  public synchronized void fail(Throwable cause) {
    Throwable first = failure;
    if (first == null) {
      failure = cause;
    } else if (first != cause) {
      first.addSuppressed(cause);
    }
  }
}
