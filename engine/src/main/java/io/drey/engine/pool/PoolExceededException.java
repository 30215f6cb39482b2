package io.drey.engine.pool;

import java.io.IOException;

/** One operation needs more frames at once than the pool has, with everything else out of it. */
public final class PoolExceededException extends IOException {
  private static final long serialVersionUID = 1L;

  private final long bytes;

  PoolExceededException(long bytes) {
    super("one operation needs at least " + bytes + " bytes of the pool");
    this.bytes = bytes;
  }

  /** The memory it needs at least. */
  public long bytes() {
    return bytes;
  }
}
