package io.drey.engine.layout;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Little-endian primitives at any offset of a segment, unsigned where the type is narrower than 64
 * bits of meaning: {@link #u8} and {@link #u16} return what is stored as a non-negative int.
 */
public final class Bytes {
  /** One byte. */
  public static final ValueLayout.OfByte U8 = ValueLayout.JAVA_BYTE;

  /** Two bytes, little-endian, at any offset. */
  public static final ValueLayout.OfShort U16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Four bytes, little-endian, at any offset. */
  public static final ValueLayout.OfInt U32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Eight bytes, little-endian, at any offset. */
  public static final ValueLayout.OfLong U64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private Bytes() {}

  public static int u8(MemorySegment segment, long offset) {
    return segment.get(U8, offset) & 0xFF;
  }

  public static int u16(MemorySegment segment, long offset) {
    return segment.get(U16, offset) & 0xFFFF;
  }

  public static int i32(MemorySegment segment, long offset) {
    return segment.get(U32, offset);
  }

  public static long i64(MemorySegment segment, long offset) {
    return segment.get(U64, offset);
  }

  public static void setU8(MemorySegment segment, long offset, int value) {
    segment.set(U8, offset, (byte) value);
  }

  public static void setU16(MemorySegment segment, long offset, int value) {
    segment.set(U16, offset, (short) value);
  }

  public static void setI32(MemorySegment segment, long offset, int value) {
    segment.set(U32, offset, value);
  }

  public static void setI64(MemorySegment segment, long offset, long value) {
    segment.set(U64, offset, value);
  }

  /** {@code bytes} rounded up to a multiple of 8. */
  public static int align8(int bytes) {
    return (bytes + 7) & -8;
  }

  /** The byte offset of the field {@code name} in {@code layout}. */
  static int at(MemoryLayout layout, String name) {
    return Math.toIntExact(layout.byteOffset(PathElement.groupElement(name)));
  }

  /** Stops class initialisation when a relation between constants does not hold. */
  static void require(boolean holds, String relation) {
    if (!holds) {
      throw new ExceptionInInitializerError("layout: " + relation);
    }
  }
}
