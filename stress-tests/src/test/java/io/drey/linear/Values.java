package io.drey.linear;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Numbers as values of a tree: large ones, so that few fill a frame, each of another size. */
final class Values {
  /** What is read of a value that is not whole. */
  static final int TORN = -1;

  private Values() {}

  static int size(int number) {
    return 300 + 50 * number;
  }

  static byte[] value(int number) {
    byte[] value = new byte[size(number)];
    Arrays.fill(value, (byte) number);
    return value;
  }

  static @Nullable Integer number(byte @Nullable [] value) {
    if (value == null) {
      return null;
    }
    int number = value[0];
    return Arrays.equals(value, value(number)) ? number : TORN;
  }
}
