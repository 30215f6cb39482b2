package io.drey.engine.pool;

import java.util.Arrays;

/**
 * A number for each image in the data file: whoever has read it while the image was a blob's
 * current one can tell pages of that image from those of any other that stood in its slot before or
 * will stand there. Slot and epoch do not suffice: in one epoch a slot can be written twice.
 *
 * <p>Thread-safe.
 */
final class ImageNumbers {
  /** By slot; 0 = the image there has none yet. */
  private long[] numbers = new long[64];

  private long last;

  /** The number of the image in a slot, above 0. */
  synchronized long of(long slot) {
    extend(slot);
    if (numbers[(int) slot] == 0) {
      numbers[(int) slot] = ++last;
    }
    return numbers[(int) slot];
  }

  /** Another image is about to be written to a slot, which names nobody's image now. */
  synchronized void next(long slot) {
    extend(slot);
    numbers[(int) slot] = 0;
  }

  private void extend(long slot) {
    if (slot >= numbers.length) {
      numbers = Arrays.copyOf(numbers, Math.toIntExact(Math.max(slot + 1, 2L * numbers.length)));
    }
  }
}
