package io.drey.engine.art;

import io.drey.engine.event.FrameSplit;
import io.drey.engine.frame.ExclusiveFrame;
import io.drey.engine.frame.Frame;
import io.drey.engine.frame.FrameBuilder;
import io.drey.engine.frame.FrameRebuild;
import io.drey.engine.frame.FrameSpace;
import io.drey.engine.frame.NodeEditor;
import io.drey.engine.frame.WritableFrames;
import io.drey.engine.layout.Children;
import io.drey.engine.layout.Edge;
import io.drey.engine.layout.EntryTable;
import io.drey.engine.layout.FrameHeader;
import io.drey.engine.layout.FrameSize;
import io.drey.engine.layout.NodeHeader;
import io.drey.engine.layout.NodeType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * A run of a blob's entries that is to move to a fresh blob: entries {@code from} to {@code from +
 * count} in the key order of the edges that lead to them.
 *
 * @param order all entries of the blob in key order
 * @param edges the edges to them, offsets in the parent's frame
 * @param score how far from the target the run's bytes are
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record EntryRun(int[] order, int[] edges, int from, int count, int score) {
  static final EntryRun NONE = new EntryRun(new int[0], new int[0], 0, 0, Integer.MAX_VALUE);

  /** The run whose bytes come closest to {@code target}; never all entries. */
  static EntryRun best(
      WritableFrames frames, Descent descent, int[] entryBytes, int target, boolean rightEdge) {
    int[] order = new int[entryBytes.length];
    int[] edges = new int[entryBytes.length];
    int entries = collect(frames, descent, order, edges);
    order = Arrays.copyOf(order, entries);
    edges = Arrays.copyOf(edges, entries);
    int total = 0;
    for (int entry : order) {
      total += entryBytes[entry];
    }
    // Either the head of the order moves or its tail; with the right edge in the tail, the head.
    int head = 0;
    EntryRun best = NONE;
    for (int i = 0; i < entries - 1; i++) {
      head += entryBytes[order[i]];
      int score = Math.abs(head - target);
      if (score < best.score) {
        best = new EntryRun(order, edges, 0, i + 1, score);
      }
      score = Math.abs(total - head - target);
      if (!rightEdge && score < best.score) {
        best = new EntryRun(order, edges, i + 1, entries - i - 1, score);
      }
    }
    return best;
  }

  /** Whether the walk's entry is the last of its blob in key order. */
  static boolean isLast(WritableFrames frames, Descent descent) {
    int[] order = new int[FrameSize.MAX_ENTRIES];
    int entries = collect(frames, descent, order, new int[FrameSize.MAX_ENTRIES]);
    return order[entries - 1] == descent.entry();
  }

  /** Fills in the entries of the walk's blob and their edges in key order; how many. */
  private static int collect(WritableFrames frames, Descent descent, int[] order, int[] edges) {
    int level = descent.levels - 1;
    Frame parent = frames.resident(descent.blobs[level - 1]);
    if (parent == null) {
      throw new IllegalStateException("blob " + descent.blobs[level - 1] + " left memory");
    }
    MemorySegment s = parent.segment;
    long node = parent.base + descent.nodes[descent.firstNode() - 1];
    int entries = 0;
    for (int c = Children.atOrAfter(s, node, 0); c >= 0; c = Children.after(s, node, c)) {
      int edge = Children.ref(c) << FrameSize.REF_SHIFT;
      if (NodeHeader.type(s, parent.base + edge) == NodeType.EDGE
          && Edge.blob(s, parent.base + edge) == descent.blob()) {
        order[entries] = Edge.entry(s, parent.base + edge);
        edges[entries] = edge;
        entries++;
      }
    }
    return entries;
  }

  /** Moves the run; what stays is renumbered in key order and packed. */
  void move(WritableFrames frames, Descent descent) {
    FrameSplit event = new FrameSplit();
    event.begin();
    ExclusiveFrame source = frames.writable(descent.blob());
    int used = FrameSpace.usedBytes(source.frame());
    ExclusiveFrame parent = frames.writable(descent.blobs[descent.levels - 2]);
    ExclusiveFrame fresh = frames.create(count);
    Frame place = source.frame();
    long freshBlob = FrameHeader.blob(fresh.frame().segment, fresh.frame().base);
    FrameBuilder moved = new FrameBuilder();
    FrameBuilder kept = new FrameBuilder();
    moved.addSource(place);
    kept.addSource(place);
    int stays = 0;
    for (int i = 0; i < order.length; i++) {
      int root = EntryTable.root(place.segment, place.base, order[i]) << FrameSize.REF_SHIFT;
      if (i >= from && i < from + count) {
        moved.addRoot(0, root, i - from);
        NodeEditor.writeEdge(parent, edges[i], freshBlob, i - from);
      } else {
        kept.addRoot(0, root, stays);
        NodeEditor.writeEdge(parent, edges[i], descent.blob(), stays);
        stays++;
      }
    }
    moved.build(fresh);
    FrameRebuild.rewrite(source, frames.scratch(), kept, stays);
    FrameEvents.split(event, frames, place, used, freshBlob, count);
  }
}
