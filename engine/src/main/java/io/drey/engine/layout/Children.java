package io.drey.engine.layout;

import java.lang.foreign.MemorySegment;

/**
 * The children of an inner node of any type: search by byte, and iteration in key order in both
 * directions. A child is packed into one int, {@code byte << 16 | ref}, never negative; -1 = none.
 *
 * <pre>{@code
 * for (int c = Children.atOrAfter(s, node, 0); c >= 0; c = Children.after(s, node, c)) {
 *   visit(Children.key(c), Children.ref(c));
 * }
 * }</pre>
 *
 * <p>The node's value sorts before its children and is not one of them.
 */
public final class Children {
  /** There is no such child. */
  public static final int NONE = -1;

  private Children() {}

  /** The byte under which a packed child hangs. */
  public static int key(int child) {
    return child >>> 16;
  }

  /** The reference of a packed child. */
  public static int ref(int child) {
    return child & 0xFFFF;
  }

  /** Reference of the child of {@code key}, 0 = none. */
  public static int find(MemorySegment segment, long node, int type, int key) {
    return switch (type) {
      case NodeType.NODE4 -> {
        int slot = Node4.search(segment, node, key);
        yield slot < Bytes.u8(segment, node + NodeHeader.COUNT)
            ? Node4.ref(segment, node, slot)
            : 0;
      }
      case NodeType.NODE16 -> {
        int slot = Node16.search(segment, node, key);
        yield slot < Bytes.u8(segment, node + NodeHeader.COUNT)
            ? Node16.ref(segment, node, slot)
            : 0;
      }
      case NodeType.NODE48 -> {
        int slot = Node48.search(segment, node, key);
        yield slot >= 0 ? Node48.ref(segment, node, slot) : 0;
      }
      case NodeType.NODE256 -> Node256.ref(segment, node, key);
      default -> 0;
    };
  }

  /** Absolute offset of the reference of the child of {@code key}, -1 = no such child. */
  public static long link(MemorySegment segment, long node, int type, int key) {
    return switch (type) {
      case NodeType.NODE4 -> {
        int slot = Node4.search(segment, node, key);
        yield slot < Bytes.u8(segment, node + NodeHeader.COUNT)
            ? node + Node4.REFS + 2L * slot
            : -1;
      }
      case NodeType.NODE16 -> {
        int slot = Node16.search(segment, node, key);
        yield slot < Bytes.u8(segment, node + NodeHeader.COUNT)
            ? node + Node16.REFS + 2L * slot
            : -1;
      }
      case NodeType.NODE48 -> {
        int slot = Node48.search(segment, node, key);
        yield slot >= 0 ? node + Node48.REFS + 2L * slot : -1;
      }
      case NodeType.NODE256 -> {
        long link = node + Node256.REFS + 2L * key;
        yield Bytes.u16(segment, link) != 0 ? link : -1;
      }
      default -> -1;
    };
  }

  /** The child with the smallest byte not below {@code from} (0..256). */
  public static int atOrAfter(MemorySegment segment, long node, int from) {
    return switch (NodeHeader.type(segment, node)) {
      case NodeType.NODE4 -> {
        int count = Bytes.u8(segment, node + NodeHeader.COUNT);
        for (int slot = 0; slot < count; slot++) {
          int key = Node4.key(segment, node, slot);
          if (key >= from) {
            yield key << 16 | Node4.ref(segment, node, slot);
          }
        }
        yield NONE;
      }
      case NodeType.NODE16 -> {
        int slot = lowerBound16(segment, node, from);
        yield slot < Bytes.u8(segment, node + NodeHeader.COUNT)
            ? Node16.key(segment, node, slot) << 16 | Node16.ref(segment, node, slot)
            : NONE;
      }
      case NodeType.NODE48 -> {
        int key = Node48.next(segment, node, from);
        yield key > 255 ? NONE : key << 16 | child48(segment, node, key);
      }
      case NodeType.NODE256 -> {
        int key = Node256.next(segment, node, from);
        yield key > 255 ? NONE : key << 16 | Node256.ref(segment, node, key);
      }
      default -> NONE;
    };
  }

  /** The child that follows the packed child {@code child} in key order. */
  public static int after(MemorySegment segment, long node, int child) {
    return atOrAfter(segment, node, key(child) + 1);
  }

  /** The child with the greatest byte not above {@code from} (-1..255). */
  public static int atOrBefore(MemorySegment segment, long node, int from) {
    return switch (NodeHeader.type(segment, node)) {
      case NodeType.NODE4 -> {
        for (int slot = Bytes.u8(segment, node + NodeHeader.COUNT) - 1; slot >= 0; slot--) {
          int key = Node4.key(segment, node, slot);
          if (key <= from) {
            yield key << 16 | Node4.ref(segment, node, slot);
          }
        }
        yield NONE;
      }
      case NodeType.NODE16 -> {
        int slot = lowerBound16(segment, node, from + 1) - 1;
        yield slot >= 0
            ? Node16.key(segment, node, slot) << 16 | Node16.ref(segment, node, slot)
            : NONE;
      }
      case NodeType.NODE48 -> {
        int key = Node48.previous(segment, node, from);
        yield key < 0 ? NONE : key << 16 | child48(segment, node, key);
      }
      case NodeType.NODE256 -> {
        int key = Node256.previous(segment, node, from);
        yield key < 0 ? NONE : key << 16 | Node256.ref(segment, node, key);
      }
      default -> NONE;
    };
  }

  /** The child that precedes the packed child {@code child} in key order. */
  public static int before(MemorySegment segment, long node, int child) {
    return atOrBefore(segment, node, key(child) - 1);
  }

  /** The first slot of a Node16 whose byte is not below {@code from}; its count when none is. */
  private static int lowerBound16(MemorySegment segment, long node, int from) {
    int count = Math.min(Bytes.u8(segment, node + NodeHeader.COUNT), Node16.CAPACITY);
    int slot = 0;
    while (slot < count && Node16.key(segment, node, slot) < from) {
      slot++;
    }
    return slot;
  }

  private static int child48(MemorySegment segment, long node, int key) {
    return Node48.ref(segment, node, Node48.search(segment, node, key));
  }
}
