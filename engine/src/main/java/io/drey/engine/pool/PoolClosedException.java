package io.drey.engine.pool;

import java.io.IOException;

/** Frames were asked for while, or after, the store was closed. */
public final class PoolClosedException extends IOException {
  private static final long serialVersionUID = 1L;

  PoolClosedException() {
    super("the store is closed");
  }
}
