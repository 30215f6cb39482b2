package io.drey.linear;

import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;

/** Maps in one tree in memory. */
public final class MemoryMap extends MapOperations {
  private static @Nullable SharedMap live;

  /** For Lincheck, while the tree is live. */
  public MemoryMap() {
    super(live);
  }

  static void live(@Nullable SharedMap shared) {
    live = shared;
  }

  /** Called when all operations are through. */
  @Validate
  public void leave() {
    clear();
  }
}
