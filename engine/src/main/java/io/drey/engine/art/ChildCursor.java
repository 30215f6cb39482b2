package io.drey.engine.art;

import io.drey.engine.layout.Children;
import io.drey.engine.layout.Node16;
import io.drey.engine.layout.Node4;
import io.drey.engine.layout.NodeHeader;
import io.drey.engine.layout.NodeType;
import java.lang.foreign.MemorySegment;

/**
 * Goes through the children of an inner node in key order, or against it, without searching. A step
 * is packed into one long, {@code position << 32 | key byte << 16 | ref}, never negative; -1 = no
 * more children.
 *
 * <p>A position lies between two children: so many slots are before it in the types that keep their
 * key bytes sorted, so many key bytes in those that are indexed by it. 0 is before every child.
 */
final class ChildCursor {
  private ChildCursor() {}

  static int position(long step) {
    return (int) (step >>> 32);
  }

  static int key(long step) {
    return (int) (step >>> 16) & 0xFF;
  }

  static int ref(long step) {
    return (int) step & 0xFFFF;
  }

  /** The position behind every child. */
  static int end(MemorySegment segment, long node, int type) {
    return type <= NodeType.NODE16 ? NodeHeader.count(segment, node) : 256;
  }

  /** The child at {@code position} or the first one behind it and before {@code end}. */
  static long next(MemorySegment segment, long node, int type, int position, int end) {
    if (position >= end) {
      return -1;
    }
    if (type == NodeType.NODE16) {
      return step(
          position + 1, Node16.key(segment, node, position), Node16.ref(segment, node, position));
    }
    if (type == NodeType.NODE4) {
      return step(
          position + 1, Node4.key(segment, node, position), Node4.ref(segment, node, position));
    }
    int child = Children.atOrAfter(segment, node, position);
    return child < 0 ? -1 : step(Children.key(child) + 1, Children.key(child), Children.ref(child));
  }

  /** The last child before {@code position}. */
  static long previous(MemorySegment segment, long node, int type, int position) {
    int before = position - 1;
    if (before < 0) {
      return -1;
    }
    if (type == NodeType.NODE16) {
      return step(before, Node16.key(segment, node, before), Node16.ref(segment, node, before));
    }
    if (type == NodeType.NODE4) {
      return step(before, Node4.key(segment, node, before), Node4.ref(segment, node, before));
    }
    int child = Children.atOrBefore(segment, node, before);
    return child < 0 ? -1 : step(Children.key(child), Children.key(child), Children.ref(child));
  }

  /** The position before {@code key}, whether there is a child of that byte or not. */
  static int before(MemorySegment segment, long node, int type, int key) {
    return behind(segment, node, type, key - 1);
  }

  /** The position behind {@code key}, whether there is a child of that byte or not. */
  static int behind(MemorySegment segment, long node, int type, int key) {
    if (type > NodeType.NODE16) {
      return key + 1;
    }
    int count = NodeHeader.count(segment, node);
    int slot = 0;
    while (slot < count && keyAt(segment, node, type, slot) <= key) {
      slot++;
    }
    return slot;
  }

  private static int keyAt(MemorySegment segment, long node, int type, int slot) {
    return type == NodeType.NODE16
        ? Node16.key(segment, node, slot)
        : Node4.key(segment, node, slot);
  }

  private static long step(int position, int key, int ref) {
    return (long) position << 32 | (long) key << 16 | ref;
  }
}
