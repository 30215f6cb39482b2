package io.drey.engine.layout;

import static io.drey.engine.layout.Bytes.at;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * An inner node with a place for every byte.
 *
 * <pre>
 *  0        8                    520
 * +--------+--------------------+------------+
 * | header | refs[256]          | prefix ... |
 * +--------+--------------------+------------+
 * </pre>
 */
public final class Node256 {
  static final StructLayout LAYOUT =
      MemoryLayout.structLayout(
          NodeHeader.LAYOUT.withName("header"),
          MemoryLayout.sequenceLayout(256, Bytes.U16).withName("refs"),
          MemoryLayout.sequenceLayout(0, Bytes.U8).withName("prefix"));

  public static final int REFS = at(LAYOUT, "refs");
  public static final int PREFIX = at(LAYOUT, "prefix");
  public static final int CAPACITY = 256;

  private Node256() {}

  /** Reference of the child of {@code key}, 0 = none. */
  public static int ref(MemorySegment segment, long node, int key) {
    return Bytes.u16(segment, node + REFS + 2L * key);
  }

  public static void set(MemorySegment segment, long node, int key, int ref) {
    Bytes.setU16(segment, node + REFS + 2L * key, ref);
  }

  /** The smallest byte not below {@code from} that has a child, 256 = none. */
  static int next(MemorySegment segment, long node, int from) {
    int at = from;
    while (at < 256) {
      // Reads up to 6 bytes behind the refs; what they hold is beyond 255 and cut off below.
      long word = Bytes.i64(segment, node + REFS + 2L * at);
      if (word != 0) {
        return Math.min(256, at + (Long.numberOfTrailingZeros(word) >>> 4));
      }
      at += 4;
    }
    return 256;
  }

  /** The greatest byte not above {@code from} that has a child, -1 = none. */
  static int previous(MemorySegment segment, long node, int from) {
    int at = from;
    while (at >= 0) {
      // The word ends with byte `at`'s ref; up to 6 bytes before the refs are cut off below.
      long word = Bytes.i64(segment, node + REFS + 2L * at - 6);
      if (word != 0) {
        return Math.max(-1, at - (Long.numberOfLeadingZeros(word) >>> 4));
      }
      at -= 4;
    }
    return -1;
  }

  static {
    Bytes.require(REFS >= 6, "a word before the refs is inside the node");
  }
}
