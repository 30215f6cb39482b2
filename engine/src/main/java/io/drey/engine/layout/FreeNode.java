package io.drey.engine.layout;

import static io.drey.engine.layout.Bytes.at;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * Space between nodes that the free list of its size names.
 *
 * <pre>
 *  0      1          2      4      8
 * +------+----------+------+------+
 * | type | reserved | next | size |
 * +------+----------+------+------+
 * </pre>
 *
 * <p>Lists exist for the sizes from {@link #MIN_LISTED} to {@link #MAX_LISTED} in steps of 8; space
 * of any other size is in no list and comes back when the frame is rebuilt.
 */
public final class FreeNode {
  static final StructLayout LAYOUT =
      MemoryLayout.structLayout(
          Bytes.U8.withName("type"),
          Bytes.U8.withName("reserved"),
          Bytes.U16.withName("next"),
          Bytes.U32.withName("size"));

  public static final int TYPE = at(LAYOUT, "type");
  public static final int NEXT = at(LAYOUT, "next");
  public static final int NODE_SIZE = at(LAYOUT, "size");

  /** The smallest size that has a list, bytes. */
  public static final int MIN_LISTED = 16;

  /** The greatest size that has a list, bytes. */
  public static final int MAX_LISTED = 512;

  /** Number of free lists. */
  public static final int LISTS = (MAX_LISTED - MIN_LISTED) / 8 + 1;

  private FreeNode() {}

  /** The list of nodes of {@code size} bytes, -1 = no list. */
  public static int list(int size) {
    return size < MIN_LISTED || size > MAX_LISTED ? -1 : (size - MIN_LISTED) >> 3;
  }

  /** The size of the nodes in {@code list}. */
  public static int sizeOf(int list) {
    return MIN_LISTED + 8 * list;
  }

  public static int next(MemorySegment segment, long node) {
    return Bytes.u16(segment, node + NEXT);
  }

  public static int size(MemorySegment segment, long node) {
    return Bytes.i32(segment, node + NODE_SIZE);
  }

  public static void set(MemorySegment segment, long node, int next, int size) {
    Bytes.setU16(segment, node + TYPE, NodeType.FREE); // and the reserved byte
    Bytes.setU16(segment, node + NEXT, next);
    Bytes.setI32(segment, node + NODE_SIZE, size);
  }
}
