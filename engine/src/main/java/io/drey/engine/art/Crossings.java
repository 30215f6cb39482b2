package io.drey.engine.art;

import io.drey.engine.frame.LatchedFrame;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The blobs that an optimistic walk has read, each with the stamp under which it did. */
final class Crossings {
  private @Nullable LatchedFrame[] latches = new LatchedFrame[8];
  private long[] stamps = new long[8];
  private int count;

  void clear() {
    Arrays.fill(latches, 0, count, null);
    count = 0;
  }

  /** Adds a blob; its number. */
  int add(LatchedFrame latch, long stamp) {
    if (count == stamps.length) {
      latches = Arrays.copyOf(latches, 2 * count);
      stamps = Arrays.copyOf(stamps, 2 * count);
    }
    latches[count] = latch;
    stamps[count] = stamp;
    return count++;
  }

  boolean isValid(int number) {
    LatchedFrame latch = latches[number];
    boolean valid = latch != null && latch.isValid(stamps[number]);
    if (!valid && latch != null) {
      latch.met();
    }
    return valid;
  }

  /** Whether all that was read was there at one moment: now. */
  boolean isValid() {
    for (int number = 0; number < count; number++) {
      if (!isValid(number)) {
        return false;
      }
    }
    return true;
  }
}
