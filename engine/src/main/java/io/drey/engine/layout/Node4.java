package io.drey.engine.layout;

import static io.drey.engine.layout.Bytes.at;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * An inner node of up to 4 children, their bytes sorted.
 *
 * <pre>
 *  0        8         12          20
 * +--------+---------+-----------+------------+
 * | header | keys[4] | refs[4]   | prefix ... |
 * +--------+---------+-----------+------------+
 * </pre>
 */
public final class Node4 {
  static final StructLayout LAYOUT =
      MemoryLayout.structLayout(
          NodeHeader.LAYOUT.withName("header"),
          MemoryLayout.sequenceLayout(4, Bytes.U8).withName("keys"),
          MemoryLayout.sequenceLayout(4, Bytes.U16).withName("refs"),
          MemoryLayout.sequenceLayout(0, Bytes.U8).withName("prefix"));

  public static final int KEYS = at(LAYOUT, "keys");
  public static final int REFS = at(LAYOUT, "refs");
  public static final int PREFIX = at(LAYOUT, "prefix");
  public static final int CAPACITY = 4;

  private Node4() {}

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
    int x = Bytes.i32(segment, node + KEYS) ^ (key * 0x0101_0101);
    // The lowest zero byte of x raises the lowest mark; no zero byte gives 32, slot 4.
    return Integer.numberOfTrailingZeros((x - 0x0101_0101) & ~x & 0x8080_8080) >>> 3;
  }
}
