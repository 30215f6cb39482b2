package io.drey.engine.log;

import io.drey.engine.event.StoreFailed;
import org.jspecify.annotations.Nullable;

/**
 * Whether the store may still be written: the first final failure is kept and ends all writing.
 *
 * <p>Final are a failed force of any file, since what reached the disk is unknown from then on, and
 * an unexpected error while a change was applied. Reads go on.
 */
public final class Health {
  private final long store;
  private volatile @Nullable Throwable failure;

  /**
   * @param store the number under which events tell the store
   */
  public Health(long store) {
    this.store = store;
  }

  /** The first final failure, or null. */
  public @Nullable Throwable failure() {
    return failure;
  }

  /** Remembers the first failure; later ones are attached to it. */
  public synchronized void fail(Throwable cause) {
    Throwable first = failure;
    if (first == null) {
      failure = cause;
      StoreFailed event = new StoreFailed();
      if (event.shouldCommit()) {
        event.store = store;
        event.cause = cause.toString();
        event.commit();
      }
    } else if (first != cause) {
      first.addSuppressed(cause);
    }
  }
}
