package io.drey.engine.art;

import io.drey.engine.layout.Bytes;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Compares bytes of a frame with bytes of a key. May read up to 7 bytes behind the bytes of the
 * frame, which its guard allows.
 */
final class KeyMatch {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** From this length on the vectorised comparison of the platform is faster. */
  private static final int VECTOR_BYTES = 48;

  private KeyMatch() {}

  /** Whether {@code length} bytes at {@code at} equal those of {@code key} from {@code from} on. */
  static boolean equal(MemorySegment s, long at, byte[] key, int from, int length) {
    if (length >= VECTOR_BYTES) {
      return mismatch(s, at, key, from, length) == length;
    }
    int i = 0;
    for (; i <= length - 8; i += 8) {
      if (Bytes.i64(s, at + i) != (long) LONGS.get(key, from + i)) {
        return false;
      }
    }
    int rest = length - i;
    if (rest == 0) {
      return true;
    }
    int end = from + length;
    if (end < 8) {
      return mismatch(s, at, key, from, length) == length;
    }
    // The key's last 8 bytes end where the compared bytes end: shift out what lies before them.
    int shift = 64 - 8 * rest;
    long wanted = (long) LONGS.get(key, end - 8) >>> shift;
    return wanted == (Bytes.i64(s, at + i) << shift) >>> shift;
  }

  /**
   * How many of {@code length} bytes at {@code at} equal those of {@code key} from {@code from}.
   */
  static int mismatch(MemorySegment s, long at, byte[] key, int from, int length) {
    long first =
        MemorySegment.mismatch(
            s, at, at + length, MemorySegment.ofArray(key), from, (long) from + length);
    return first < 0 ? length : (int) first;
  }
}
