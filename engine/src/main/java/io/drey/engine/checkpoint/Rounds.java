package io.drey.engine.checkpoint;

import java.io.IOException;

/** Work that excludes checkpoint rounds, or is one. */
@FunctionalInterface
public interface Rounds {
  void run() throws IOException;
}
