package io.drey.engine.layout;

import static io.drey.engine.layout.Bytes.at;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * An inner node of up to 16 children, their bytes sorted.
 *
 * <pre>
 *  0        8          24              56
 * +--------+----------+---------------+------------+
 * | header | keys[16] | refs[16]      | prefix ... |
 * +--------+----------+---------------+------------+
 * </pre>
 */
public final class Node16 {
  static final StructLayout LAYOUT =
      MemoryLayout.structLayout(
          NodeHeader.LAYOUT.withName("header"),
          MemoryLayout.sequenceLayout(16, Bytes.U8).withName("keys"),
          MemoryLayout.sequenceLayout(16, Bytes.U16).withName("refs"),
          MemoryLayout.sequenceLayout(0, Bytes.U8).withName("prefix"));

  public static final int KEYS = at(LAYOUT, "keys");
  public static final int REFS = at(LAYOUT, "refs");
  public static final int PREFIX = at(LAYOUT, "prefix");
  public static final int CAPACITY = 16;

  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHS = 0x8080_8080_8080_8080L;

  private Node16() {}

  public static int key(MemorySegment segment, long node, int slot) {
    return Bytes.u8(segment, node + KEYS + slot);
  }

  public static int ref(MemorySegment segment, long node, int slot) {
    return Bytes.u16(segment, node + REFS + 2L * slot);
  }

  public static void set(MemorySegment segment, long node, int slot, int key, int ref) {
    Bytes.setU8(segment, node + KEYS + slot, key);
    Bytes.setU16(segment, node + REFS + 2L * slot, ref);
  }

  /**
   * The slot of {@code key}, or a number not below the node's count when it has no such child.
   * Bytes behind the count are stale and may equal the key, hence the caller's comparison.
   */
  public static int search(MemorySegment segment, long node, int key) {
    long pattern = key * ONES;
    long low = Bytes.i64(segment, node + KEYS) ^ pattern;
    long marks = (low - ONES) & ~low & HIGHS;
    if (marks != 0) {
      return Long.numberOfTrailingZeros(marks) >>> 3;
    }
    long high = Bytes.i64(segment, node + KEYS + 8) ^ pattern;
    // No zero byte gives 64 trailing zeros, slot 16.
    return 8 + (Long.numberOfTrailingZeros((high - ONES) & ~high & HIGHS) >>> 3);
  }
}
