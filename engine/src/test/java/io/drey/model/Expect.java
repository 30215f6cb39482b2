package io.drey.model;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Comparisons cheap enough to run a million times: texts are made on failure alone. */
final class Expect {
  private static final int SHOWN_BYTES_MAX = 40;

  private Expect() {}

  static void that(boolean holds, String broken) {
    if (!holds) {
      throw new AssertionError(broken);
    }
  }

  static void same(@Nullable Object expected, @Nullable Object actual, String what) {
    if (!Objects.equals(expected, actual)) {
      throw new AssertionError(what + ": expected " + expected + ", is " + actual);
    }
  }

  static void bytes(byte @Nullable [] expected, byte @Nullable [] actual, String what) {
    if (!Arrays.equals(expected, actual)) {
      throw new AssertionError(what + ": expected " + text(expected) + ", is " + text(actual));
    }
  }

  static void present(@Nullable Object object, String what) {
    if (object == null) {
      throw new AssertionError(what + " is missing");
    }
  }

  static String text(byte @Nullable [] bytes) {
    if (bytes == null) {
      return "nothing";
    }
    StringBuilder text = new StringBuilder().append(bytes.length).append(" bytes [");
    for (int i = 0; i < Math.min(bytes.length, SHOWN_BYTES_MAX); i++) {
      text.append(
          bytes[i] > 0x20 && bytes[i] < 0x7f
              ? String.valueOf((char) bytes[i])
              : "\\x%02x".formatted(bytes[i]));
    }
    return text.append(bytes.length > SHOWN_BYTES_MAX ? "...]" : "]").toString();
  }
}
