package io.drey;

/** A write brings a value over the limit. Nothing has changed. */
public final class ValueTooLongException extends DreyException {
  private static final long serialVersionUID = 1L;

  private final int length;
  private final int limit;

  /** Makes the exception for a value of {@code length} bytes where {@code limit} are allowed. */
  public ValueTooLongException(int length, int limit) {
    super(
        "value of "
            + length
            + " bytes is too long: at most "
            + limit
            + " are allowed; keep larger values outside and store where they are");
    this.length = length;
    this.limit = limit;
  }

  /** The value's bytes. */
  public int length() {
    return length;
  }

  /** The most bytes that a value may have. */
  public int limit() {
    return limit;
  }
}
