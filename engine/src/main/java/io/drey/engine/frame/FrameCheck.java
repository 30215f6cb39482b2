package io.drey.engine.frame;

import io.drey.Check;
import io.drey.Violation;
import io.drey.engine.layout.Bytes;
import io.drey.engine.layout.Children;
import io.drey.engine.layout.Edge;
import io.drey.engine.layout.EntryTable;
import io.drey.engine.layout.FrameHeader;
import io.drey.engine.layout.FrameSize;
import io.drey.engine.layout.FreeNode;
import io.drey.engine.layout.Leaf;
import io.drey.engine.layout.Node16;
import io.drey.engine.layout.Node4;
import io.drey.engine.layout.Node48;
import io.drey.engine.layout.NodeHeader;
import io.drey.engine.layout.NodeType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Checks everything that can be said of one frame alone, and collects the edges that leave it.
 * Follows no reference that it has not checked, so it may be used on any bytes. Nobody may change
 * the frame meanwhile.
 */
public final class FrameCheck {
  /** Reports the edges of a frame. */
  @FunctionalInterface
  public interface EdgeVisitor {
    /**
     * An edge.
     *
     * @param edge its offset in the frame
     * @param holder the offset of the node whose child it is, 0 = it is an entry's root
     * @param depth bytes of key before it, in the whole tree
     */
    void edge(int edge, int holder, int depth);
  }

  private static final int STRIDE = 4;

  private final MemorySegment s;
  private final long base;
  private final long blob;
  private final int start;
  private final int bump;
  private final List<Violation> violations;
  private final EdgeVisitor visitor;

  private final BitSet taken = new BitSet(FrameSize.BYTES / 8);
  private int[] stack = new int[STRIDE * 64];
  private int stackSize;

  private int leaves;
  private int edges;
  private long records;
  private long keyBytes;
  private long valueBytes;
  private int longest;

  private FrameCheck(Frame frame, List<Violation> violations, EdgeVisitor visitor) {
    this.s = frame.segment;
    this.base = frame.base;
    this.blob = FrameHeader.blob(s, base);
    this.start = EntryTable.end(FrameHeader.entryCapacity(s, base));
    this.bump = FrameHeader.bump(s, base);
    this.violations = violations;
    this.visitor = visitor;
  }

  /**
   * Checks {@code frame}.
   *
   * @param entryDepths for each row, how many bytes of key lie before the entry
   * @param violations gets what is found
   * @param visitor gets the edges
   */
  public static void check(
      Frame frame, int[] entryDepths, List<Violation> violations, EdgeVisitor visitor) {
    FrameCheck check = new FrameCheck(frame, violations, visitor);
    if (!FrameHeader.check(check.s, check.base)) {
      check.report(Check.FRAME_HEADER, 0, "the header's fields cannot be true together");
      return;
    }
    check.frame(entryDepths);
  }

  private void frame(int[] entryDepths) {
    int used = 0;
    int capacity = FrameHeader.entryCapacity(s, base);
    for (int entry = 0; entry < capacity; entry++) {
      int root = EntryTable.root(s, base, entry) << FrameSize.REF_SHIFT;
      records = 0;
      keyBytes = 0;
      valueBytes = 0;
      longest = 0;
      if (root != 0) {
        used++;
        walk(root, entry < entryDepths.length ? entryDepths[entry] : 0);
      }
      row(entry);
    }
    counter("entries", FrameHeader.entryCount(s, base), Math.max(used, 1));
    counter("leaves", FrameHeader.leafCount(s, base), leaves);
    counter("edges", FrameHeader.edgeCount(s, base), edges);
    counter("gap bytes", FrameHeader.gapBytes(s, base), bump - start - 8 * taken.cardinality());
    freeLists();
  }

  private void row(int entry) {
    if (EntryTable.records(s, base, entry) != records
        || EntryTable.keyBytes(s, base, entry) != keyBytes
        || EntryTable.valueBytes(s, base, entry) != valueBytes
        || EntryTable.longest(s, base, entry) < longest) {
      report(
          Check.ENTRY_ROW,
          EntryTable.row(entry),
          "entry %d holds %d records, %d key bytes, %d value bytes, longest %d; its row says %d, %d, %d, %d"
              .formatted(
                  entry,
                  records,
                  keyBytes,
                  valueBytes,
                  longest,
                  EntryTable.records(s, base, entry),
                  EntryTable.keyBytes(s, base, entry),
                  EntryTable.valueBytes(s, base, entry),
                  EntryTable.longest(s, base, entry)));
    }
  }

  private void counter(String name, int stated, int found) {
    if (stated != found) {
      report(
          Check.FRAME_COUNTERS, 0, "%s: header says %d, found %d".formatted(name, stated, found));
    }
  }

  private void walk(int root, int entryDepth) {
    push(root, 0, entryDepth, 0);
    while (stackSize > 0) {
      stackSize -= STRIDE;
      int node = stack[stackSize];
      int holder = stack[stackSize + 1];
      int depth = stack[stackSize + 2];
      boolean asValue = stack[stackSize + 3] != 0;
      int type = node < start || node >= bump ? -1 : NodeHeader.type(s, base + node);
      switch (type) {
        case -1 -> report(Check.NODE_BOUNDS, node, "a reference leads out of the used part");
        case NodeType.LEAF -> leaf(node, depth, entryDepth, asValue);
        case NodeType.EDGE -> edge(node, holder, depth);
        case NodeType.NODE4, NodeType.NODE16, NodeType.NODE48, NodeType.NODE256 -> {
          if (asValue) {
            report(Check.NODE_VALUE, node, "a value reference leads to an inner node");
          } else {
            inner(node, type, depth);
          }
        }
        default -> report(Check.NODE_TYPE, node, "a node of type " + type);
      }
    }
  }

  private void leaf(int node, int depth, int entryDepth, boolean asValue) {
    long at = base + node;
    int suffix = Leaf.suffixLength(s, at);
    int value = Leaf.valueLength(s, at);
    if (!Leaf.check(s, at) || depth + suffix > FrameSize.MAX_PHYSICAL_KEY_BYTES) {
      report(
          Check.LEAF_LENGTH,
          node,
          "a key of %d and a value of %d bytes".formatted(depth + suffix, value));
      return;
    }
    if (asValue && suffix != 0) {
      report(Check.NODE_VALUE, node, "a value's leaf has a suffix of " + suffix + " bytes");
    }
    if (take(node, Leaf.size(suffix, value))) {
      int length = depth - entryDepth + suffix;
      leaves++;
      records++;
      keyBytes += length;
      valueBytes += value;
      longest = Math.max(longest, length);
    }
  }

  private void edge(int node, int holder, int depth) {
    if (!Edge.check(s, base + node)) {
      report(Check.NODE_RESERVED, node, "an edge's reserved bytes are not zero");
    }
    if (holder == 0) {
      report(Check.NODE_TYPE, node, "an edge is an entry's root");
    }
    if (take(node, Edge.SIZE)) {
      edges++;
      visitor.edge(node, holder, depth);
    }
  }

  private void inner(int node, int type, int depth) {
    long at = base + node;
    if (!NodeHeader.check(s, at)) {
      report(Check.NODE_CHILDREN, node, "the header's fields cannot be true together");
      return;
    }
    int prefix = NodeHeader.prefixLength(s, at);
    if (!take(node, NodeHeader.size(type, prefix))) {
      return;
    }
    int end = depth + prefix;
    if (end > FrameSize.MAX_PHYSICAL_KEY_BYTES) {
      report(Check.LEAF_LENGTH, node, "a path of " + end + " bytes");
      return;
    }
    branches(node, type);
    int found = 0;
    for (int c = Children.atOrAfter(s, at, 0); c >= 0; c = Children.after(s, at, c)) {
      found++;
      if (Children.ref(c) == 0) {
        report(Check.NODE_CHILDREN, node, "child " + Children.key(c) + " has no reference");
      } else {
        push(Children.ref(c) << FrameSize.REF_SHIFT, node, end + 1, 0);
      }
    }
    if (found != NodeHeader.count(s, at)) {
      report(
          Check.NODE_CHILDREN,
          node,
          "%d children, the header says %d".formatted(found, NodeHeader.count(s, at)));
    }
    int value = NodeHeader.value(s, at);
    if (value != 0) {
      push(value << FrameSize.REF_SHIFT, node, end, 1);
    }
  }

  /** Order of the bytes, agreement of index and slots. */
  private void branches(int node, int type) {
    long at = base + node;
    int count = NodeHeader.count(s, at);
    if (type == NodeType.NODE4 || type == NodeType.NODE16) {
      for (int slot = 1; slot < count; slot++) {
        boolean ascends =
            type == NodeType.NODE4
                ? Node4.key(s, at, slot - 1) < Node4.key(s, at, slot)
                : Node16.key(s, at, slot - 1) < Node16.key(s, at, slot);
        if (!ascends) {
          report(Check.NODE_ORDER, node, "bytes do not ascend at slot " + slot);
        }
      }
    } else if (type == NodeType.NODE48) {
      long named = 0;
      for (int key = 0; key < 256; key++) {
        int slot = Node48.search(s, at, key);
        if (slot >= Node48.CAPACITY || (slot >= 0 && (named >>> slot & 1) != 0)) {
          report(Check.NODE_CHILDREN, node, "byte %d names slot %d".formatted(key, slot));
        } else if (slot >= 0) {
          named |= 1L << slot;
        }
      }
      for (int slot = 0; slot < Node48.CAPACITY; slot++) {
        if ((Node48.ref(s, at, slot) != 0) != ((named >>> slot & 1) != 0)) {
          report(Check.NODE_CHILDREN, node, "slot " + slot + " and the index disagree");
        }
      }
    }
  }

  /** Marks the bytes of a node as taken; false = they reach out of the frame or were taken. */
  private boolean take(int node, int size) {
    if (node + size > bump) {
      report(Check.NODE_BOUNDS, node, size + " bytes reach out of the used part");
      return false;
    }
    int from = node / 8;
    int to = (node + size) / 8;
    int clash = taken.nextSetBit(from);
    if (clash >= 0 && clash < to) {
      report(Check.NODE_SHARED, node, "byte " + 8 * clash + " belongs to another node as well");
      return false;
    }
    taken.set(from, to);
    return true;
  }

  private void freeLists() {
    for (int list = 0; list < FreeNode.LISTS; list++) {
      int size = FreeNode.sizeOf(list);
      int node = FrameHeader.freeList(s, base, list) << FrameSize.REF_SHIFT;
      while (node != 0) {
        if (node < start || node + size > bump) {
          report(Check.FREE_LIST, node, "the list of %d bytes leads out".formatted(size));
          break;
        }
        if (Bytes.u16(s, base + node) != NodeType.FREE || FreeNode.size(s, base + node) != size) {
          report(Check.FREE_LIST, node, "no free node of %d bytes".formatted(size));
          break;
        }
        if (!take(node, size)) {
          break;
        }
        node = FreeNode.next(s, base + node) << FrameSize.REF_SHIFT;
      }
    }
  }

  private void report(Check check, int offset, String detail) {
    violations.add(Violation.inFrame(check, blob, offset, detail));
  }

  private void push(int node, int holder, int depth, int asValue) {
    if (stackSize == stack.length) {
      stack = Arrays.copyOf(stack, 2 * stackSize);
    }
    stack[stackSize] = node;
    stack[stackSize + 1] = holder;
    stack[stackSize + 2] = depth;
    stack[stackSize + 3] = asValue;
    stackSize += STRIDE;
  }
}
