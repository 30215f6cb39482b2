package io.drey.journal;

/** The journal was used after, or while, it was closed. */
public final class JournalClosedException extends IllegalStateException {

  private static final long serialVersionUID = 1;

  JournalClosedException() {
    super("the journal is closed");
  }

  JournalClosedException(Throwable cause) {
    super("the journal is closed", cause);
  }
}
