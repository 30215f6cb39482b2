package io.drey.crash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * 128 bits that stand for a content. Two contents with one digest are taken to be the same; the
 * function is fast and even, not one that withstands an adversary.
 *
 * <p>Digests add up in any order, so the digest of a collection is the sum over its elements and
 * follows a change of one element by a subtraction and an addition.
 */
public record Digest(long high, long low) {
  /** The digest of an empty collection. */
  public static final Digest NONE = new Digest(0, 0);

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long FIRST = 0x9E3779B97F4A7C15L;
  private static final long SECOND = 0xD6E8FEB86659FD93L;
  private static final long THIRD = 0xA0761D6478BD642FL;

  /** The digest of these bytes in this order; their number counts. */
  public static Digest of(byte[] content) {
    return NONE.then(content);
  }

  /** The digest of what this one stands for, followed by {@code content}. */
  public Digest then(byte[] content) {
    long a = high ^ FIRST;
    long b = low ^ SECOND;
    int at = 0;
    for (; at + Long.BYTES <= content.length; at += Long.BYTES) {
      long word = (long) WORD.get(content, at);
      a = Long.rotateLeft((a ^ word) * SECOND, 29);
      b = Long.rotateLeft((b ^ word) * FIRST, 37) + THIRD;
    }
    long rest = 0;
    for (; at < content.length; at++) {
      rest = rest << Byte.SIZE | (content[at] & 0xFF);
    }
    return new Digest(a, b).then(rest).then(content.length);
  }

  /** The digest of what this one stands for, followed by {@code number}. */
  public Digest then(long number) {
    return new Digest(mix(high ^ number * FIRST, low), mix(low ^ number * THIRD, high));
  }

  public Digest plus(Digest other) {
    return new Digest(high + other.high, low + other.low);
  }

  public Digest minus(Digest other) {
    return new Digest(high - other.high, low - other.low);
  }

  private static long mix(long a, long b) {
    long mixed = a * SECOND + b;
    mixed = (mixed ^ mixed >>> 32) * THIRD;
    mixed = (mixed ^ mixed >>> 29) * FIRST;
    return mixed ^ mixed >>> 32;
  }

  @Override
  public String toString() {
    return "%016x%016x".formatted(high, low);
  }
}
