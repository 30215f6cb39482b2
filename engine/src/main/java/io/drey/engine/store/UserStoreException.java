package io.drey.engine.store;

import java.io.IOException;

/** A user's store threw; its exception is the cause. */
public final class UserStoreException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Throwable thrown;

  UserStoreException(String method, Throwable thrown) {
    super("the blob store's " + method + " threw " + thrown, thrown);
    this.thrown = thrown;
  }

  /** What the store threw. */
  public Throwable thrown() {
    return thrown;
  }
}
