package io.drey.engine.frame;

import io.drey.engine.layout.Children;
import io.drey.engine.layout.Edge;
import io.drey.engine.layout.EntryTable;
import io.drey.engine.layout.FrameHeader;
import io.drey.engine.layout.FrameSize;
import io.drey.engine.layout.NodeHeader;
import io.drey.engine.layout.NodeType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Walks over the edges of a frame, in key order within an entry, and over their holders. */
public final class EdgeScan {
  private final Frame frame;
  private final MemorySegment s;
  private final long base;
  private int entry;
  private int[] nodes = new int[32];
  private int[] next = new int[32];
  private int open;
  private int edge;

  public EdgeScan(Frame frame) {
    this.frame = frame;
    this.s = frame.segment;
    this.base = frame.base;
  }

  /** Goes to the next edge; false = there is none. */
  public boolean next() {
    if (FrameHeader.edgeCount(s, base) == 0) {
      return false;
    }
    while (true) {
      if (open == 0 && !openEntry()) {
        return false;
      }
      int top = open - 1;
      int child = Children.atOrAfter(s, base + nodes[top], next[top]);
      if (child < 0) {
        open--;
        continue;
      }
      next[top] = Children.key(child) + 1;
      int node = Children.ref(child) << FrameSize.REF_SHIFT;
      int type = NodeHeader.type(s, base + node);
      if (type == NodeType.EDGE) {
        edge = node;
        return true;
      }
      open(node, type);
    }
  }

  /** The edge's offset in the frame. */
  public int edge() {
    return edge;
  }

  /** The offset of the node whose child the edge is. Its edges come in one stretch or several. */
  public int holder() {
    return nodes[open - 1];
  }

  /** Whether an edge of {@code frame} leads to {@code blob}. */
  public static boolean leadsTo(Frame frame, long blob) {
    EdgeScan scan = new EdgeScan(frame);
    while (scan.next()) {
      if (Edge.blob(frame.segment, frame.base + scan.edge) == blob) {
        return true;
      }
    }
    return false;
  }

  private boolean openEntry() {
    int capacity = FrameHeader.entryCapacity(s, base);
    while (entry < capacity) {
      int root = EntryTable.root(s, frame.base, entry++) << FrameSize.REF_SHIFT;
      if (root != 0) {
        open(root, NodeHeader.type(s, base + root));
        if (open > 0) {
          return true;
        }
      }
    }
    return false;
  }

  private void open(int node, int type) {
    if (!NodeType.isInner(type)) {
      return;
    }
    if (open == nodes.length) {
      nodes = Arrays.copyOf(nodes, 2 * open);
      next = Arrays.copyOf(next, 2 * open);
    }
    nodes[open] = node;
    next[open] = 0;
    open++;
  }
}
