package io.drey;

/**
 * A batch does not fit into one journal record, or the blobs it changes do not fit into the pool.
 * Nothing has changed.
 */
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

  /** The bytes of its journal record, or at least of its blobs. */
  public long bytes() {
    return bytes;
  }

  /** The bytes of the largest record, or of the pool. */
  public long limit() {
    return limit;
  }
}
