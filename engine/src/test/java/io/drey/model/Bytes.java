package io.drey.model;

import java.util.Arrays;

/** Byte strings made from numbers: the same numbers give the same bytes. */
final class Bytes {
  private Bytes() {}

  /** Returns {@code length} bytes that depend on {@code seed}. */
  static byte[] value(int length, long seed) {
    byte[] bytes = new byte[length];
    long state = mix(seed * 31 + length);
    for (int i = 0; i < length; i++) {
      if ((i & 7) == 0) {
        state = mix(state + i);
      }
      bytes[i] = (byte) (state >>> (8 * (i & 7)));
    }
    return bytes;
  }

  /** Scrambles a number (the finalizer of SplitMix64). */
  static long mix(long number) {
    long z = number + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  static boolean startsWith(byte[] bytes, byte[] prefix) {
    return bytes.length >= prefix.length
        && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
  }

  /** Returns where {@code wanted} begins in {@code bytes} at or after {@code from}, or -1. */
  static int indexOf(byte[] bytes, byte[] wanted, int from) {
    for (int at = from; at + wanted.length <= bytes.length; at++) {
      if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    return -1;
  }
}
