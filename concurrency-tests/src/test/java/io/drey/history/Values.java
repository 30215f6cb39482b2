package io.drey.history;

import java.nio.ByteBuffer;

/**
 * The bytes of a value follow from its number, which stands at their beginning: so a value names
 * the write it comes from, and one that is put together of two is recognised.
 */
final class Values {
  /** Few lengths, so that a record is often overwritten by one of its own size. */
  private static final int[] LENGTHS = {8, 8, 24, 24, 24, 60, 130, 300};

  /** A small frame holds about eight of these. */
  private static final int[] BULKY_LENGTHS = {700, 700, 900, 900, 1000, 1000, 1000, 8};

  private static final int THREAD_SHIFT = 40;
  private static final long BULKY = 1L << 62;

  /** How long the values of a run are. */
  enum Sizes {
    SLIM,
    BULKY
  }

  private Values() {}

  /** The number of a worker's {@code nth} value; above 0. */
  static long number(Sizes sizes, int thread, long nth) {
    return (sizes == Sizes.BULKY ? BULKY : 0) + (thread + 1L << THREAD_SHIFT) + nth;
  }

  static String text(long value) {
    if (value == Fact.ABSENT) {
      return "absent";
    }
    return value == Fact.PRESENT
        ? "some value"
        : value == Fact.UNTOLD
            ? "untold"
            : ((value & ~BULKY) >>> THREAD_SHIFT) - 1 + "." + (value & (1L << THREAD_SHIFT) - 1);
  }

  static int length(long value) {
    int[] lengths = (value & BULKY) == 0 ? LENGTHS : BULKY_LENGTHS;
    return lengths[(int) (mix(value) >>> 61)];
  }

  static byte[] bytes(long value) {
    byte[] bytes = new byte[length(value)];
    ByteBuffer.wrap(bytes).putLong(value);
    for (int i = Long.BYTES; i < bytes.length; i++) {
      bytes[i] = filler(value, i);
    }
    return bytes;
  }

  /**
   * The number of the value with these bytes.
   *
   * @throws IllegalHistory if no write ever stores these bytes
   */
  static long number(byte[] bytes) {
    return number(bytes, 0, bytes.length);
  }

  static long number(byte[] bytes, int offset, int length) {
    if (length < Long.BYTES) {
      throw new IllegalHistory("a value of " + length + " bytes, which nobody wrote");
    }
    long value = ByteBuffer.wrap(bytes).getLong(offset);
    if (value <= 0 || length != length(value)) {
      throw new IllegalHistory(
          "a value of %d bytes that begins with %x, which nobody wrote".formatted(length, value));
    }
    for (int i = Long.BYTES; i < length; i++) {
      if (bytes[offset + i] != filler(value, i)) {
        throw new IllegalHistory(
            "a value that begins as %s and goes on otherwise from byte %d"
                .formatted(text(value), i));
      }
    }
    return value;
  }

  private static byte filler(long value, int i) {
    return (byte) (mix(value) >>> (i & 7) * 8);
  }

  /** The finisher of splitmix64. */
  static long mix(long z) {
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
