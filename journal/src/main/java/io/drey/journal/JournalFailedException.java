package io.drey.journal;

import java.io.IOException;

/**
 * A force has failed. It is final: the outcome of commits that were waiting is unknown, nothing
 * more is acknowledged and nothing is forced again until the journal is opened anew.
 */
public final class JournalFailedException extends IOException {

  private static final long serialVersionUID = 1;

  JournalFailedException(String what, Throwable cause) {
    super(what, cause);
  }
}
