package io.drey;

import org.jspecify.annotations.Nullable;

/**
 * A force failed, or the engine met an error it could not undo: the store takes no more writes
 * until it is opened again. Reads go on. For a write in flight when it happened the outcome is
 * unknown: after reopening it is there whole, or not at all.
 */
public final class StoreFailedException extends DreyException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param what what failed, such as "force of journal-0000000000000007"
   * @param cause the first failure, null when it is not known any more
   */
  public StoreFailedException(String what, @Nullable Throwable cause) {
    super(
        what
            + " failed, the store takes no more writes: close it and open it again; the outcome of"
            + " writes in flight is unknown until then",
        cause);
  }
}
