package io.drey.engine.frame;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A blob whose image is a few words of native memory, read and written as the engine reads and
 * writes frames: by plain accesses, through the place under the stamp.
 *
 * <p>An image holds one number in all its words, so that one that is torn shows it.
 */
final class Blob extends LatchedFrame {
  /** What {@link #read} answers when the stamp does not hold. */
  static final int STALE = -1;

  /** What {@link #read} answers for a valid image of different words. */
  static final int TORN = 99;

  private static final int WORDS = 32;
  private static final int IMAGE_BYTES = WORDS * Long.BYTES;

  /** More than there are blobs at a time: the places go round. */
  private static final int PLACES = 1 << 16;

  private static final MemorySegment MEMORY =
      Arena.global().allocate((long) PLACES * IMAGE_BYTES, IMAGE_BYTES);

  private static final AtomicInteger NEXT = new AtomicInteger();

  Blob(Frame place) {
    hold();
    place(place);
    write(place, 0);
    release();
  }

  /** A place that no living blob has. */
  static Frame freshPlace() {
    int index = NEXT.getAndIncrement() & PLACES - 1;
    return new Frame(MEMORY, (long) index * IMAGE_BYTES, index);
  }

  /** For whoever holds the latch. */
  void moveTo(Frame place) {
    place(place);
  }

  static void write(Frame place, int value) {
    for (long at = place.base; at < place.base + IMAGE_BYTES; at += Long.BYTES) {
      place.segment.set(ValueLayout.JAVA_LONG, at, value);
    }
  }

  /** The number the image holds, or {@link #TORN}; true if the caller's stamp holds afterwards. */
  static int read(Frame place) {
    MemorySegment memory = place.segment;
    long first = memory.get(ValueLayout.JAVA_LONG, place.base);
    boolean whole = true;
    for (long at = place.base; at < place.base + IMAGE_BYTES; at += Long.BYTES) {
      whole &= memory.get(ValueLayout.JAVA_LONG, at) == first;
    }
    return whole ? (int) first : TORN;
  }

  /** The number the image holds, {@link #TORN} or {@link #STALE}: a reader's whole protocol. */
  int read() {
    long stamp = optimistic();
    if (isHeld(stamp)) {
      return STALE;
    }
    int value = read(frame());
    return isValid(stamp) ? value : STALE;
  }

  /** {@link #TORN} if one of so many reads was, else {@link #STALE} if one was, else the last. */
  int readOften(int times) {
    boolean torn = false;
    boolean stale = false;
    int last = STALE;
    for (int time = 0; time < times; time++) {
      last = read();
      torn |= last == TORN;
      stale |= last == STALE;
    }
    return torn ? TORN : stale ? STALE : last;
  }
}
