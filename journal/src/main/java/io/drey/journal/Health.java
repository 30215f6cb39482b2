package io.drey.journal;

import org.jspecify.annotations.Nullable;

/**
 * Whether a journal still takes and acknowledges records. Moves in one direction only.
 *
 * <p>INVARIANT J6: once {@link #fail} was called every check throws, for good.
 */
final class Health {

  private enum Stage {
    OPEN,
    CLOSING,
    CLOSED
  }

  private volatile Stage stage = Stage.OPEN;
  private volatile @Nullable Throwable failure;

  /** Whether records are taken. */
  boolean isOpen() {
    return stage == Stage.OPEN && failure == null;
  }

  boolean hasFailed() {
    return failure != null;
  }

  /** Refuses new work on a journal that failed, is being closed or is closed. */
  void checkOpen() throws JournalFailedException {
    checkAlive();
    if (stage != Stage.OPEN) {
      throw new JournalClosedException();
    }
  }

  /** Ends waiting on a journal that failed or is closed; one being closed still answers. */
  void checkAlive() throws JournalFailedException {
    Throwable cause = failure;
    if (cause != null) {
      throw new JournalFailedException(
          "a force has failed: the outcome of commits not yet acknowledged is unknown,"
              + " reopen the store",
          cause);
    }
    if (stage == Stage.CLOSED) {
      throw new JournalClosedException();
    }
  }

  /** The first failure stays. */
  synchronized void fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
  }

  void closing() {
    stage = Stage.CLOSING;
  }

  void closed() {
    stage = Stage.CLOSED;
  }
}
