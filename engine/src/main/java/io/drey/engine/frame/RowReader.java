package io.drey.engine.frame;

import io.drey.engine.layout.Children;
import io.drey.engine.layout.Edge;
import io.drey.engine.layout.EntryTable;
import io.drey.engine.layout.FrameHeader;
import io.drey.engine.layout.FrameSize;
import io.drey.engine.layout.NodeHeader;
import io.drey.engine.layout.NodeType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Takes the directory rows out of a frame. Walks the inner nodes only where the frame has edges, so
 * most frames cost one pass over their entry table. One thread.
 */
public final class RowReader {
  /** Whoever meets more goes in circles in bytes that change. */
  private static final int NODES_MAX = FrameSize.BYTES / Edge.SIZE;

  private final MemorySegment segment;
  private final long base;

  /** The inner nodes on the path, each with the byte at which its next child is looked for. */
  private int[] nodes = new int[32];

  private int[] nextBytes = new int[32];

  /** Bytes of key before the node's prefix, relative to the entry. */
  private int[] depths = new int[32];

  private int open;

  /** Nodes met; no frame has more than {@link #NODES_MAX}. */
  private int met;

  private long[] edgeBlobs = new long[8];
  private int[] edgeEntries = new int[8];
  private int[] edgeDepths = new int[8];
  private int edges;

  private RowReader(Frame frame) {
    this.segment = frame.segment;
    this.base = frame.base;
  }

  /** The rows of the blob in {@code frame}, which nobody changes meanwhile. */
  public static BlobRows read(Frame frame) {
    return new RowReader(frame).rows();
  }

  /**
   * The row of an entry in use of the blob in {@code frame}. What is read while somebody changes
   * the frame may be anything, or an {@link IndexOutOfBoundsException}.
   */
  public static EntryRow row(Frame frame, int entry) {
    int root = EntryTable.root(frame.segment, frame.base, entry);
    return new RowReader(frame).row(entry, root);
  }

  private BlobRows rows() {
    List<EntryRow> rows = new ArrayList<>();
    int capacity = FrameHeader.entryCapacity(segment, base);
    for (int entry = 0; entry < capacity; entry++) {
      int root = EntryTable.root(segment, base, entry);
      if (root != 0) {
        rows.add(row(entry, root));
      }
    }
    return new BlobRows(FrameHeader.blob(segment, base), rows);
  }

  private EntryRow row(int entry, int root) {
    edges = 0;
    met = 0;
    if (root != 0 && FrameHeader.edgeCount(segment, base) > 0) {
      collectEdges(root);
    }
    return new EntryRow(
        entry,
        EntryTable.longest(segment, base, entry),
        EntryTable.records(segment, base, entry),
        EntryTable.keyBytes(segment, base, entry),
        EntryTable.valueBytes(segment, base, entry),
        Arrays.copyOf(edgeBlobs, edges),
        Arrays.copyOf(edgeEntries, edges),
        Arrays.copyOf(edgeDepths, edges));
  }

  private void collectEdges(int root) {
    open = 0;
    meet(root, 0);
    while (open > 0) {
      int top = open - 1;
      long node = base + nodes[top];
      int child = Children.atOrAfter(segment, node, nextBytes[top]);
      if (child == Children.NONE) {
        open--;
      } else {
        nextBytes[top] = Children.key(child) + 1;
        meet(Children.ref(child), depths[top] + NodeHeader.prefixLength(segment, node) + 1);
      }
    }
  }

  private void meet(int ref, int depth) {
    if (++met > NODES_MAX) {
      throw new IndexOutOfBoundsException("a frame with more nodes than it has room for");
    }
    int node = ref << FrameSize.REF_SHIFT;
    int type = NodeHeader.type(segment, base + node);
    if (type == NodeType.EDGE) {
      addEdge(base + node, depth);
    } else if (NodeType.isInner(type)) {
      if (open == nodes.length) {
        nodes = Arrays.copyOf(nodes, 2 * open);
        nextBytes = Arrays.copyOf(nextBytes, 2 * open);
        depths = Arrays.copyOf(depths, 2 * open);
      }
      nodes[open] = node;
      nextBytes[open] = 0;
      depths[open] = depth;
      open++;
    }
  }

  private void addEdge(long edge, int depth) {
    if (edges == edgeBlobs.length) {
      edgeBlobs = Arrays.copyOf(edgeBlobs, 2 * edges);
      edgeEntries = Arrays.copyOf(edgeEntries, 2 * edges);
      edgeDepths = Arrays.copyOf(edgeDepths, 2 * edges);
    }
    edgeBlobs[edges] = Edge.blob(segment, edge);
    edgeEntries[edges] = Edge.entry(segment, edge);
    edgeDepths[edges] = depth;
    edges++;
  }
}
