package io.drey;

/** A write names a key over the limit. Nothing has changed. Reads answer "absent" instead. */
public final class KeyTooLongException extends DreyException {
  private static final long serialVersionUID = 1L;

  private final int length;
  private final int limit;

  /** Makes the exception for a key of {@code length} bytes where {@code limit} are allowed. */
  public KeyTooLongException(int length, int limit) {
    super("key of " + length + " bytes is too long: at most " + limit + " are allowed");
    this.length = length;
    this.limit = limit;
  }

  /** The key's bytes. */
  public int length() {
    return length;
  }

  /** The most bytes that a key may have. */
  public int limit() {
    return limit;
  }
}
