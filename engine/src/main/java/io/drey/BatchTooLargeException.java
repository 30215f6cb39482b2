package io.drey;

/** A batch does not fit into one journal record. Nothing has changed. */
public final class BatchTooLargeException extends DreyException {
  private static final long serialVersionUID = 1L;

  private final long bytes;
  private final long limit;

  /** Makes the exception for a batch of {@code bytes} where {@code limit} are allowed. */
  public BatchTooLargeException(long bytes, long limit) {
    super(
        "batch of "
            + bytes
            + " bytes is too large: at most "
            + limit
            + " fit into one atomic step; apply it in several");
    this.bytes = bytes;
    this.limit = limit;
  }

  /** The batch's size as a journal record, in bytes. */
  public long bytes() {
    return bytes;
  }

  /** The largest batch, in bytes. */
  public long limit() {
    return limit;
  }
}
