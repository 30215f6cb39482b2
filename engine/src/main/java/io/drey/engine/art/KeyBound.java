package io.drey.engine.art;

import java.util.Arrays;

/**
 * A growing byte string: where a walk through a range begins. Reused from section to section. Eight
 * bytes behind its end may be read, their values have no meaning.
 *
 * <p>An ascending walk begins at the bound, inclusive. A descending one begins with what begins
 * with the bound, where {@link #coversBelow} says so, and else strictly below it.
 */
final class KeyBound {
  private static final int FIRST_BYTES = 128;

  byte[] bytes = new byte[FIRST_BYTES];
  int length;

  /** Whether what begins with the bound is within it; always so in an ascending walk. */
  boolean coversBelow = true;

  /** Becomes the first {@code count} bytes of {@code source}. */
  void set(byte[] source, int count) {
    length = 0;
    append(source, 0, count);
  }

  void append(byte[] source, int offset, int count) {
    room(count);
    System.arraycopy(source, offset, bytes, length, count);
    length += count;
  }

  void append(byte b) {
    room(1);
    bytes[length++] = b;
  }

  void cut(int newLength) {
    length = newLength;
  }

  /**
   * Becomes the smallest byte string greater than everything that begins with this one, leaving the
   * first {@code fixed} bytes as they are.
   *
   * @return false when there is none, and then the content has no meaning
   */
  boolean toSuccessor(int fixed) {
    while (length > fixed && bytes[length - 1] == (byte) 0xff) {
      length--;
    }
    if (length == fixed) {
      return false;
    }
    bytes[length - 1]++;
    return true;
  }

  boolean startsWith(byte[] prefix) {
    return length >= prefix.length
        && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
  }

  private void room(int more) {
    int needed = length + more + Long.BYTES;
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, needed));
    }
  }
}
