package io.drey.engine.frame;

import io.drey.engine.layout.Bytes;
import io.drey.engine.layout.Children;
import io.drey.engine.layout.Edge;
import io.drey.engine.layout.FrameSize;
import io.drey.engine.layout.Leaf;
import io.drey.engine.layout.Node16;
import io.drey.engine.layout.Node256;
import io.drey.engine.layout.Node4;
import io.drey.engine.layout.Node48;
import io.drey.engine.layout.NodeHeader;
import io.drey.engine.layout.NodeType;
import java.lang.foreign.MemorySegment;

/**
 * Changes of single nodes in place. Nodes are offsets in the frame. Nothing here allocates; space
 * that a node no longer needs is released. Directory rows and counters are the caller's.
 */
public final class NodeEditor {
  private NodeEditor() {}

  /** Writes a leaf whose suffix is {@code key} from {@code from} on. */
  public static void writeLeaf(
      ExclusiveFrame frame, int node, byte[] key, int from, byte[] value, long version) {
    MemorySegment s = frame.segment;
    long leaf = frame.base + node;
    int suffix = key.length - from;
    Leaf.set(s, leaf, suffix, value.length, version);
    MemorySegment.copy(key, from, s, Bytes.U8, leaf + Leaf.SUFFIX, suffix);
    MemorySegment.copy(value, 0, s, Bytes.U8, leaf + Leaf.SUFFIX + suffix, value.length);
  }

  /** Replaces version and value of a leaf whose footprint stays the same. */
  public static void overwriteLeaf(ExclusiveFrame frame, int node, byte[] value, long version) {
    MemorySegment s = frame.segment;
    long leaf = frame.base + node;
    int suffix = Leaf.suffixLength(s, leaf);
    Leaf.set(s, leaf, suffix, value.length, version);
    MemorySegment.copy(value, 0, s, Bytes.U8, leaf + Leaf.SUFFIX + suffix, value.length);
  }

  /** Writes a Node4 without children whose prefix is {@code length} bytes of {@code key}. */
  public static void writeNode4(ExclusiveFrame frame, int node, byte[] key, int from, int length) {
    NodeHeader.set(frame.segment, frame.base + node, NodeType.NODE4, 0, length);
    MemorySegment.copy(
        key, from, frame.segment, Bytes.U8, frame.base + node + Node4.PREFIX, length);
  }

  public static void writeEdge(ExclusiveFrame frame, int node, long blob, int entry) {
    Edge.set(frame.segment, frame.base + node, blob, entry);
  }

  /** Lets the key that ends at inner node {@code node} be {@code leaf}, 0 = no such key. */
  public static void setValue(ExclusiveFrame frame, int node, int leaf) {
    NodeHeader.setValue(frame.segment, frame.base + node, leaf >>> FrameSize.REF_SHIFT);
  }

  /** Hangs {@code child} under {@code key}, which has no child yet, into a node with room. */
  public static void addChild(ExclusiveFrame frame, int node, int key, int child) {
    MemorySegment s = frame.segment;
    long at = frame.base + node;
    int count = NodeHeader.count(s, at);
    int ref = child >>> FrameSize.REF_SHIFT;
    switch (NodeHeader.type(s, at)) {
      case NodeType.NODE4 -> {
        int slot = count;
        for (; slot > 0 && Node4.key(s, at, slot - 1) > key; slot--) {
          Node4.set(s, at, slot, Node4.key(s, at, slot - 1), Node4.ref(s, at, slot - 1));
        }
        Node4.set(s, at, slot, key, ref);
      }
      case NodeType.NODE16 -> {
        int slot = count;
        for (; slot > 0 && Node16.key(s, at, slot - 1) > key; slot--) {
          Node16.set(s, at, slot, Node16.key(s, at, slot - 1), Node16.ref(s, at, slot - 1));
        }
        Node16.set(s, at, slot, key, ref);
      }
      case NodeType.NODE48 -> Node48.set(s, at, Node48.freeSlot(s, at), key, ref);
      default -> Node256.set(s, at, key, ref);
    }
    NodeHeader.setCount(s, at, count + 1);
  }

  /** Takes the child under {@code key} out of its node. The node keeps its type. */
  public static void removeChild(ExclusiveFrame frame, int node, int key) {
    MemorySegment s = frame.segment;
    long at = frame.base + node;
    int count = NodeHeader.count(s, at);
    switch (NodeHeader.type(s, at)) {
      case NodeType.NODE4 -> {
        for (int slot = Node4.search(s, at, key); slot < count - 1; slot++) {
          Node4.set(s, at, slot, Node4.key(s, at, slot + 1), Node4.ref(s, at, slot + 1));
        }
      }
      case NodeType.NODE16 -> {
        for (int slot = Node16.search(s, at, key); slot < count - 1; slot++) {
          Node16.set(s, at, slot, Node16.key(s, at, slot + 1), Node16.ref(s, at, slot + 1));
        }
      }
      case NodeType.NODE48 -> Node48.clear(s, at, key);
      default -> Node256.set(s, at, key, 0);
    }
    NodeHeader.setCount(s, at, count - 1);
  }

  /** Writes inner node {@code source} as one of type {@code type} at {@code target}. */
  public static void retype(ExclusiveFrame frame, int source, int target, int type) {
    MemorySegment s = frame.segment;
    long from = frame.base + source;
    long to = frame.base + target;
    int prefixLength = NodeHeader.prefixLength(s, from);
    long prefix = NodeHeader.prefix(from, NodeHeader.type(s, from));
    copyBranches(s, from, s, to, type, prefixLength);
    MemorySegment.copy(s, prefix, s, NodeHeader.prefix(to, type), prefixLength);
  }

  /**
   * Writes header and children of inner node {@code from} as a node of type {@code type} with a
   * prefix of {@code prefixLength} bytes, which the caller fills in. The two must not overlap.
   */
  static void copyBranches(
      MemorySegment source, long from, MemorySegment target, long to, int type, int prefixLength) {
    int count = NodeHeader.count(source, from);
    if (type == NodeHeader.type(source, from)) {
      MemorySegment.copy(source, from, target, to, NodeHeader.prefixOffset(type));
      NodeHeader.setPrefixLength(target, to, prefixLength);
      return;
    }
    int[] children = children(source, from, count);
    NodeHeader.set(target, to, type, count, prefixLength);
    NodeHeader.setValue(target, to, NodeHeader.value(source, from));
    writeChildren(target, to, type, children);
  }

  /** Makes an inner node one of the smaller type {@code type} where it stands. */
  public static void shrink(ExclusiveFrame frame, int node, int type) {
    MemorySegment s = frame.segment;
    long at = frame.base + node;
    int oldType = NodeHeader.type(s, at);
    int length = NodeHeader.prefixLength(s, at);
    int value = NodeHeader.value(s, at);
    int[] children = children(s, at, NodeHeader.count(s, at));
    MemorySegment.copy(s, NodeHeader.prefix(at, oldType), s, NodeHeader.prefix(at, type), length);
    NodeHeader.set(s, at, type, children.length, length);
    NodeHeader.setValue(s, at, value);
    writeChildren(s, at, type, children);
    cut(frame, node, NodeHeader.size(oldType, length), NodeHeader.size(type, length));
  }

  /** Drops the first {@code bytes} bytes of an inner node's prefix. */
  public static void shortenPrefix(ExclusiveFrame frame, int node, int bytes) {
    MemorySegment s = frame.segment;
    long at = frame.base + node;
    int type = NodeHeader.type(s, at);
    int length = NodeHeader.prefixLength(s, at);
    long prefix = NodeHeader.prefix(at, type);
    MemorySegment.copy(s, prefix + bytes, s, prefix, length - bytes);
    NodeHeader.setPrefixLength(s, at, length - bytes);
    cut(frame, node, NodeHeader.size(type, length), NodeHeader.size(type, length - bytes));
  }

  /** Drops the first {@code bytes} bytes of a leaf's suffix. */
  public static void shortenSuffix(ExclusiveFrame frame, int node, int bytes) {
    MemorySegment s = frame.segment;
    long leaf = frame.base + node;
    int suffix = Leaf.suffixLength(s, leaf);
    int value = Leaf.valueLength(s, leaf);
    long start = leaf + Leaf.SUFFIX;
    MemorySegment.copy(s, start + bytes, s, start, suffix - bytes + (long) value);
    Leaf.setSuffixLength(s, leaf, suffix - bytes);
    cut(frame, node, Leaf.size(suffix, value), Leaf.size(suffix - bytes, value));
  }

  private static void cut(ExclusiveFrame frame, int node, int oldSize, int newSize) {
    frame.release(node + newSize, oldSize - newSize);
  }

  private static int[] children(MemorySegment s, long node, int count) {
    int[] children = new int[count];
    int i = 0;
    for (int c = Children.atOrAfter(s, node, 0); c >= 0; c = Children.after(s, node, c)) {
      children[i++] = c;
    }
    return children;
  }

  private static void writeChildren(MemorySegment s, long node, int type, int[] children) {
    if (type == NodeType.NODE48 || type == NodeType.NODE256) {
      s.asSlice(node + NodeHeader.SIZE, NodeHeader.prefixOffset(type) - NodeHeader.SIZE)
          .fill((byte) 0);
    }
    for (int slot = 0; slot < children.length; slot++) {
      int key = Children.key(children[slot]);
      int ref = Children.ref(children[slot]);
      switch (type) {
        case NodeType.NODE4 -> Node4.set(s, node, slot, key, ref);
        case NodeType.NODE16 -> Node16.set(s, node, slot, key, ref);
        case NodeType.NODE48 -> Node48.set(s, node, slot, key, ref);
        default -> Node256.set(s, node, key, ref);
      }
    }
  }
}
