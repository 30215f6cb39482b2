package io.drey;

/** A tree, or something that belongs to it, was used after it was closed. Nothing has changed. */
public final class ClosedException extends DreyException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception for a closed thing, named in lower case: "tree", "cursor". */
  public ClosedException(String what) {
    super("the " + what + " is closed");
  }
}
