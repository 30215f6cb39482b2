package io.drey.engine.layout;

import static io.drey.engine.layout.Bytes.at;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * An inner node of up to 48 children: an index from key byte to slot.
 *
 * <pre>
 *  0        8               264             360
 * +--------+---------------+---------------+------------+
 * | header | index[256]    | refs[48]      | prefix ... |
 * +--------+---------------+---------------+------------+
 * </pre>
 *
 * <p>index: 0 = no child, else slot + 1. A slot that no byte names has ref 0.
 */
public final class Node48 {
  static final StructLayout LAYOUT =
      MemoryLayout.structLayout(
          NodeHeader.LAYOUT.withName("header"),
          MemoryLayout.sequenceLayout(256, Bytes.U8).withName("index"),
          MemoryLayout.sequenceLayout(48, Bytes.U16).withName("refs"),
          MemoryLayout.sequenceLayout(0, Bytes.U8).withName("prefix"));

  public static final int INDEX = at(LAYOUT, "index");
  public static final int REFS = at(LAYOUT, "refs");
  public static final int PREFIX = at(LAYOUT, "prefix");
  public static final int CAPACITY = 48;

  private Node48() {}

  /** The slot of {@code key}, -1 = no such child. Under an optimistic latch up to 254. */
  public static int search(MemorySegment segment, long node, int key) {
    return Bytes.u8(segment, node + INDEX + key) - 1;
  }

  public static int ref(MemorySegment segment, long node, int slot) {
    return Bytes.u16(segment, node + REFS + 2L * slot);
  }

  public static void set(MemorySegment segment, long node, int slot, int key, int ref) {
    Bytes.setU8(segment, node + INDEX + key, slot + 1);
    Bytes.setU16(segment, node + REFS + 2L * slot, ref);
  }

  /** Takes the child of {@code key} out; the count is the caller's. */
  public static void clear(MemorySegment segment, long node, int key) {
    Bytes.setU16(segment, node + REFS + 2L * search(segment, node, key), 0);
    Bytes.setU8(segment, node + INDEX + key, 0);
  }

  /** A slot that is not in use, -1 = all are. */
  public static int freeSlot(MemorySegment segment, long node) {
    for (int slot = 0; slot < CAPACITY; slot += 4) {
      long refs = Bytes.i64(segment, node + REFS + 2L * slot);
      long marks = (refs - 0x0001_0001_0001_0001L) & ~refs & 0x8000_8000_8000_8000L;
      if (marks != 0) {
        return slot + (Long.numberOfTrailingZeros(marks) >>> 4);
      }
    }
    return -1;
  }

  /** The smallest byte not below {@code from} that has a child, 256 = none. */
  static int next(MemorySegment segment, long node, int from) {
    int at = from;
    while (at < 256) {
      // Reads up to 7 bytes behind the index; what they hold is beyond 255 and cut off below.
      long word = Bytes.i64(segment, node + INDEX + at);
      if (word != 0) {
        return Math.min(256, at + (Long.numberOfTrailingZeros(word) >>> 3));
      }
      at += 8;
    }
    return 256;
  }

  /** The greatest byte not above {@code from} that has a child, -1 = none. */
  static int previous(MemorySegment segment, long node, int from) {
    int at = from;
    while (at >= 0) {
      // The word ends at byte `at`; up to 7 bytes before the index are cut off below.
      long word = Bytes.i64(segment, node + INDEX + at - 7);
      if (word != 0) {
        return Math.max(-1, at - (Long.numberOfLeadingZeros(word) >>> 3));
      }
      at -= 8;
    }
    return -1;
  }
}
