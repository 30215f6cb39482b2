package io.drey.engine.art;

import io.drey.engine.frame.Frame;
import io.drey.engine.layout.Children;
import io.drey.engine.layout.Edge;
import io.drey.engine.layout.EntryTable;
import io.drey.engine.layout.FrameSize;
import io.drey.engine.layout.Leaf;
import io.drey.engine.layout.NodeHeader;
import io.drey.engine.layout.NodeType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Looks through a frame for what best to move out of it: a run of local children of one node, whose
 * bytes come closest to a target. Children are taken in key order; edges among them stay where they
 * are and do not end the run. Sizes are those of the nodes as they stand, so a copy is never
 * larger.
 */
final class SplitPlan {
  /** A run that frees less is no run: it would leave the frame as full as it is. */
  private static final int MIN_FREED = FrameSize.BYTES / 64;

  private static final int STRIDE = 4;

  /**
   * Per moved child: a new edge here, and a row of the entry table there. Where children are small,
   * no more than half of what they free, so that many of them are moved together and not a few.
   */
  private static final int CHILD_COST = Edge.SIZE + EntryTable.ROW_SIZE;

  private final MemorySegment s;
  private final long base;
  private final int target;

  // Inner nodes on the way from the entry's root: node, next child byte, bytes so far, number of
  // the first of its children's sizes, whether it is on the path of the right edge.
  private int[] stack = new int[STRIDE * 64];
  private int stackSize;

  // Local children of the nodes on the stack: byte and size.
  private int[] keys = new int[1024];
  private int[] sizes = new int[1024];
  private int childCount;

  /** The best run: its node, the first byte, the number of children; 0 = none. */
  int bestNode;

  int bestFirst;
  int bestCount;

  /** Bytes that moving the best run frees in this frame. */
  int bestFreed;

  private int bestScore = Integer.MAX_VALUE;

  SplitPlan(Frame frame, int target) {
    this.s = frame.segment;
    this.base = frame.base;
    this.target = target;
  }

  /** Bytes of the best run, before it is packed. */
  int bestBytes() {
    return bestFreed + bestCount * Edge.SIZE;
  }

  /** How far from the target the best run is, and what it costs. */
  int score() {
    return bestScore;
  }

  /**
   * Looks through the subtree at {@code root}.
   *
   * @param path offsets of the nodes from the root on, of which the last local child stays here
   * @param first the first of them
   * @param end the end of them; {@code first} = none
   * @return bytes of the subtree
   */
  int scan(int root, int[] path, int first, int end) {
    int type = NodeHeader.type(s, base + root);
    if (type == NodeType.LEAF) {
      return Leaf.size(s, base + root);
    }
    push(root, type);
    while (true) {
      int top = stackSize - STRIDE;
      int node = stack[top];
      int child = Children.atOrAfter(s, base + node, stack[top + 1]);
      int size;
      int key;
      if (child >= 0) {
        key = Children.key(child);
        stack[top + 1] = key + 1;
        int at = Children.ref(child) << FrameSize.REF_SHIFT;
        int childType = NodeHeader.type(s, base + at);
        if (childType == NodeType.EDGE) {
          stack[top + 2] += Edge.SIZE;
          continue;
        }
        if (childType != NodeType.LEAF) {
          push(at, childType);
          continue;
        }
        size = Leaf.size(s, base + at);
      } else {
        int onPath = first + top / STRIDE;
        boolean keepLast = onPath < end && path[onPath] == node;
        rate(node, stack[top + 3], keepLast);
        size = stack[top + 2];
        childCount = stack[top + 3];
        stackSize -= STRIDE;
        if (stackSize == 0) {
          return size;
        }
        key = stack[top - STRIDE + 1] - 1;
      }
      addChild(key, size);
    }
  }

  private void addChild(int key, int size) {
    if (childCount == keys.length) {
      keys = Arrays.copyOf(keys, 2 * childCount);
      sizes = Arrays.copyOf(sizes, 2 * childCount);
    }
    keys[childCount] = key;
    sizes[childCount] = size;
    childCount++;
    stack[stackSize - STRIDE + 2] += size;
  }

  private void push(int node, int type) {
    if (stackSize == stack.length) {
      stack = Arrays.copyOf(stack, 2 * stackSize);
    }
    long at = base + node;
    int size = NodeHeader.size(type, NodeHeader.prefixLength(s, at));
    int value = NodeHeader.value(s, at);
    if (value != 0) {
      size += Leaf.size(s, base + ((long) value << FrameSize.REF_SHIFT));
    }
    stack[stackSize] = node;
    stack[stackSize + 1] = 0;
    stack[stackSize + 2] = size;
    stack[stackSize + 3] = childCount;
    stackSize += STRIDE;
  }

  /** Rates all runs of the children from {@code first} on, by a window that slides over them. */
  private void rate(int node, int first, boolean keepLast) {
    int end = keepLast ? childCount - 1 : childCount;
    int freed = 0;
    int bytes = 0;
    int to = first;
    for (int from = first; from < end; from++) {
      while (to < end && freed < target && to - from < FrameSize.MAX_ENTRIES) {
        int rated = freed + sizes[to] - Edge.SIZE;
        if (EntryTable.end(to - from + 1) + bytes + sizes[to] > FrameSize.BYTES) {
          break;
        }
        bytes += sizes[to];
        freed = rated;
        to++;
        offer(node, keys[from], to - from, freed);
      }
      if (to == from) {
        to++;
        continue;
      }
      bytes -= sizes[from];
      freed -= sizes[from] - Edge.SIZE;
      if (to > from + 1) {
        offer(node, keys[from + 1], to - from - 1, freed);
      }
    }
  }

  private void offer(int node, int firstKey, int count, int freed) {
    int score = Math.abs(freed - target) + Math.min(count * CHILD_COST, freed / 2);
    if (freed >= MIN_FREED && score < bestScore) {
      bestScore = score;
      bestNode = node;
      bestFirst = firstKey;
      bestCount = count;
      bestFreed = freed;
    }
  }
}
