package io.drey.engine.frame;

import io.drey.engine.layout.Bytes;
import io.drey.engine.layout.Children;
import io.drey.engine.layout.Edge;
import io.drey.engine.layout.EntryTable;
import io.drey.engine.layout.FrameHeader;
import io.drey.engine.layout.FrameSize;
import io.drey.engine.layout.Leaf;
import io.drey.engine.layout.NodeHeader;
import io.drey.engine.layout.NodeType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Builds a frame from subtrees of other frames: the one routine behind compaction, splits, joins
 * and folds.
 *
 * <p>The target is packed: inner nodes and edges first, siblings side by side and parents before
 * their children, then leaves in key order. On the way nodes take the smallest type that fits, and
 * nodes with a single content are contracted (their prefix goes to the child, the child's suffix or
 * the value's suffix). Directory rows come out exact. Sources stay as they are.
 *
 * <p>Use: sources and roots are added, then {@link #build}. Not for reuse.
 */
public final class FrameBuilder {
  private static final int STRIDE = 4;

  private final List<Frame> sources = new ArrayList<>(2);
  private int[] roots = new int[3 * 8];
  private int rootCount;
  private long foldBlob = -1;
  private int foldSource;

  private int[] stack = new int[STRIDE * 256];
  private int depthOfStack;

  // What resolve() found behind a reference: the node that stays, its frame, and how many bytes of
  // path lie before its own prefix or suffix.
  private int type;
  private int source;
  private int node;
  private int extra;

  private int innerBytes = -1;
  private int leafBytes;

  // The target, while it is built.
  private MemorySegment segment = MemorySegment.NULL;
  private long base;
  private int innerAt;
  private int leafAt;
  private int edges;
  private int leaves;
  private int records;
  private long keyBytes;
  private long valueBytes;
  private int longest;

  /** Adds a frame to copy from; its number. */
  public int addSource(Frame frame) {
    sources.add(frame);
    return sources.size() - 1;
  }

  /** The frame with number {@code number}. */
  public Frame source(int number) {
    return sources.get(number);
  }

  /** The subtree at {@code node} of source {@code from} becomes entry {@code entry}. */
  public void addRoot(int from, int node, int entry) {
    if (3 * rootCount == roots.length) {
      roots = Arrays.copyOf(roots, 2 * roots.length);
    }
    roots[3 * rootCount] = from;
    roots[3 * rootCount + 1] = node;
    roots[3 * rootCount + 2] = entry;
    rootCount++;
  }

  /** Replaces every edge to {@code blob} by what the edge leads to, in source {@code from}. */
  public void fold(long blob, int from) {
    foldBlob = blob;
    foldSource = from;
  }

  /** Bytes the nodes will take in the target, header and entry table not counted. */
  public int measure() {
    if (innerBytes < 0) {
      innerBytes = 0;
      leafBytes = 0;
      for (int i = 0; i < rootCount; i++) {
        push(roots[3 * i], roots[3 * i + 1], 0, 0);
        while (depthOfStack > 0) {
          pop();
          measureNode(stack[depthOfStack], stack[depthOfStack + 1]);
        }
      }
    }
    return innerBytes + leafBytes;
  }

  private void measureNode(int from, int head) {
    resolve(from, head);
    MemorySegment s = sources.get(source).segment;
    long at = sources.get(source).base + node;
    if (type == NodeType.LEAF) {
      leafBytes += Leaf.size(extra + Leaf.suffixLength(s, at), Leaf.valueLength(s, at));
      return;
    }
    if (type == NodeType.EDGE) {
      innerBytes += Edge.SIZE;
      return;
    }
    int count = NodeHeader.count(s, at);
    innerBytes +=
        NodeHeader.size(NodeHeader.typeFor(count), extra + NodeHeader.prefixLength(s, at));
    int value = NodeHeader.value(s, at);
    if (value != 0) {
      long leaf = at - node + ((long) value << FrameSize.REF_SHIFT);
      leafBytes += Leaf.size(Leaf.suffixLength(s, leaf), Leaf.valueLength(s, leaf));
    }
    int owner = source;
    for (int c = Children.atOrAfter(s, at, 0); c >= 0; c = Children.after(s, at, c)) {
      push(owner, Children.ref(c) << FrameSize.REF_SHIFT, 0, 0);
    }
  }

  /**
   * Builds the target.
   *
   * @param target a formatted frame without nodes, with room for what {@link #measure} says
   */
  public void build(ExclusiveFrame target) {
    measure();
    segment = target.segment;
    base = target.base;
    int start = FrameHeader.bump(segment, base);
    innerAt = start;
    leafAt = start + innerBytes;
    if (leafAt + leafBytes > FrameSize.BYTES) {
      throw new IllegalStateException(leafAt + leafBytes + " bytes do not fit a frame");
    }
    for (int i = 0; i < rootCount; i++) {
      resolve(roots[3 * i], roots[3 * i + 1]);
      if (type != NodeType.LEAF) {
        place(roots[3 * i], roots[3 * i + 1], EntryTable.row(roots[3 * i + 2]) + EntryTable.ROOT);
      }
    }
    for (int i = 0; i < rootCount; i++) {
      copyRoot(roots[3 * i], roots[3 * i + 1], roots[3 * i + 2]);
    }
    if (innerAt != start + innerBytes || leafAt != start + innerBytes + leafBytes) {
      throw new IllegalStateException("the measured size is not what was built");
    }
    FrameHeader.setBump(segment, base, leafAt);
    FrameHeader.setEdgeCount(segment, base, edges);
    FrameHeader.setLeafCount(segment, base, leaves);
    FrameHeader.setEntryCount(segment, base, rootCount);
  }

  private void copyRoot(int from, int head, int entry) {
    records = 0;
    keyBytes = 0;
    valueBytes = 0;
    longest = 0;
    int link = EntryTable.row(entry) + EntryTable.ROOT;
    resolve(from, head);
    pushResolved(from, head, link, 0);
    while (depthOfStack > 0) {
      pop();
      int item = depthOfStack;
      if (stack[item + 2] < 0) {
        copyLeaf(stack[item], stack[item + 1], ~stack[item + 2], stack[item + 3]);
      } else {
        copyChildren(stack[item], stack[item + 1], stack[item + 2], stack[item + 3]);
      }
    }
    leaves += records;
    EntryTable.setCounts(segment, base, entry, longest, records, keyBytes, valueBytes);
  }

  /**
   * Pushes what resolve() found: a leaf to be copied, or a node already placed, to be gone into.
   */
  private void pushResolved(int from, int head, int link, int depth) {
    if (type == NodeType.LEAF) {
      push(from, head, ~link, depth);
    } else if (type != NodeType.EDGE) {
      Frame frame = sources.get(source);
      int prefix = NodeHeader.prefixLength(frame.segment, frame.base + node);
      int placed = Bytes.u16(segment, base + link) << FrameSize.REF_SHIFT;
      push(source, node, placed, depth + extra + prefix);
    }
  }

  /** Places the inner children of {@code node}, copied to {@code copy}, then pushes all of them. */
  private void copyChildren(int from, int node, int copy, int depth) {
    Frame frame = sources.get(from);
    MemorySegment s = frame.segment;
    long at = frame.base + node;
    int copyType = NodeHeader.type(segment, base + copy);
    for (int c = Children.atOrAfter(s, at, 0); c >= 0; c = Children.after(s, at, c)) {
      int child = Children.ref(c) << FrameSize.REF_SHIFT;
      resolve(from, child);
      if (type != NodeType.LEAF) {
        place(from, child, link(copy, copyType, Children.key(c)));
      }
    }
    for (int c = Children.atOrBefore(s, at, 255); c >= 0; c = Children.before(s, at, c)) {
      int child = Children.ref(c) << FrameSize.REF_SHIFT;
      resolve(from, child);
      pushResolved(from, child, link(copy, copyType, Children.key(c)), depth + 1);
    }
    int value = NodeHeader.value(s, at);
    if (value != 0) {
      push(from, value << FrameSize.REF_SHIFT, ~(copy + NodeHeader.VALUE), depth);
    }
  }

  private int link(int node, int nodeType, int key) {
    return (int) (Children.link(segment, base + node, nodeType, key) - base);
  }

  /** Copies the inner node or edge that resolve() found behind {@code head}. */
  private void place(int from, int head, int link) {
    Frame frame = sources.get(source);
    MemorySegment s = frame.segment;
    long at = frame.base + node;
    long to = base + innerAt;
    Bytes.setU16(segment, base + link, innerAt >>> FrameSize.REF_SHIFT);
    if (type == NodeType.EDGE) {
      MemorySegment.copy(s, at, segment, to, Edge.SIZE);
      innerAt += Edge.SIZE;
      edges++;
      return;
    }
    int newType = NodeHeader.typeFor(NodeHeader.count(s, at));
    int prefix = extra + NodeHeader.prefixLength(s, at);
    NodeEditor.copyBranches(s, at, segment, to, newType, prefix);
    long prefixTo = NodeHeader.prefix(to, newType);
    copyPath(from, head, prefixTo);
    MemorySegment.copy(
        s, NodeHeader.prefix(at, type), segment, prefixTo + extra, (long) prefix - extra);
    innerAt += NodeHeader.size(newType, prefix);
  }

  private void copyLeaf(int from, int head, int link, int depth) {
    resolve(from, head);
    Frame frame = sources.get(source);
    MemorySegment s = frame.segment;
    long at = frame.base + node;
    long to = base + leafAt;
    int suffix = Leaf.suffixLength(s, at);
    int value = Leaf.valueLength(s, at);
    Bytes.setU16(segment, base + link, leafAt >>> FrameSize.REF_SHIFT);
    if (extra == 0) {
      MemorySegment.copy(s, at, segment, to, Leaf.SUFFIX + (long) suffix + value);
    } else {
      Leaf.set(segment, to, extra + suffix, value, Leaf.version(s, at));
      copyPath(from, head, to + Leaf.SUFFIX);
      MemorySegment.copy(
          s, at + Leaf.SUFFIX, segment, to + Leaf.SUFFIX + extra, (long) suffix + value);
    }
    leafAt += Leaf.size(extra + suffix, value);
    int length = depth + extra + suffix;
    records++;
    keyBytes += length;
    valueBytes += value;
    longest = Math.max(longest, length);
  }

  /** Writes the path bytes between {@code head} and the node that resolve() found. */
  private void copyPath(int from, int head, long target) {
    long to = target;
    long end = target + extra;
    int at = from;
    int current = head;
    while (to < end) {
      Frame frame = sources.get(at);
      MemorySegment s = frame.segment;
      long inner = frame.base + current;
      int innerType = NodeHeader.type(s, inner);
      if (innerType == NodeType.EDGE) {
        current = foldedRoot(s, inner);
        at = foldSource;
        continue;
      }
      int prefix = NodeHeader.prefixLength(s, inner);
      MemorySegment.copy(s, NodeHeader.prefix(inner, innerType), segment, to, prefix);
      to += prefix;
      if (to < end) {
        int only = Children.atOrAfter(s, inner, 0);
        Bytes.setU8(segment, to++, Children.key(only));
        current = Children.ref(only) << FrameSize.REF_SHIFT;
      }
    }
  }

  /** Follows what contracts from {@code head} to the leaf, edge or inner node that stays. */
  private void resolve(int from, int head) {
    source = from;
    node = head;
    extra = 0;
    while (true) {
      Frame frame = sources.get(source);
      MemorySegment s = frame.segment;
      long at = frame.base + node;
      type = NodeHeader.type(s, at);
      if (type == NodeType.LEAF || (type == NodeType.EDGE && Edge.blob(s, at) != foldBlob)) {
        return;
      }
      if (type == NodeType.EDGE) {
        node = foldedRoot(s, at);
        source = foldSource;
        continue;
      }
      int count = NodeHeader.count(s, at);
      int value = NodeHeader.value(s, at);
      if (count == 0) {
        extra += NodeHeader.prefixLength(s, at);
        node = value << FrameSize.REF_SHIFT;
        continue;
      }
      if (count > 1 || value != 0) {
        return;
      }
      int child = Children.ref(Children.atOrAfter(s, at, 0)) << FrameSize.REF_SHIFT;
      long childAt = frame.base + child;
      if (NodeHeader.type(s, childAt) == NodeType.EDGE && Edge.blob(s, childAt) != foldBlob) {
        return;
      }
      extra += NodeHeader.prefixLength(s, at) + 1;
      node = child;
    }
  }

  private int foldedRoot(MemorySegment s, long edge) {
    Frame folded = sources.get(foldSource);
    return EntryTable.root(folded.segment, folded.base, Edge.entry(s, edge)) << FrameSize.REF_SHIFT;
  }

  private void push(int from, int node, int target, int depth) {
    if (depthOfStack + STRIDE > stack.length) {
      stack = Arrays.copyOf(stack, 2 * stack.length);
    }
    stack[depthOfStack] = from;
    stack[depthOfStack + 1] = node;
    stack[depthOfStack + 2] = target;
    stack[depthOfStack + 3] = depth;
    depthOfStack += STRIDE;
  }

  private void pop() {
    depthOfStack -= STRIDE;
  }
}
