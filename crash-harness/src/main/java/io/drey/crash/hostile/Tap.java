package io.drey.crash.hostile;

import java.io.IOException;

/** Stands between a store and its disk. Used by as many threads as the store has. */
@FunctionalInterface
public interface Tap {
  /**
   * Lets the call through by {@code onward.go()}, or does something else.
   *
   * @return what {@code onward.go()} returned, or what a disk might: bytes read, else 0
   */
  long pass(Call call, Onward onward) throws IOException;

  /** The rest of the way. */
  @FunctionalInterface
  interface Onward {
    /** Makes the call on the disk below. */
    long go() throws IOException;
  }
}
