package io.drey.engine.art;

import io.drey.engine.event.FrameSplit;
import io.drey.engine.frame.ExclusiveFrame;
import io.drey.engine.frame.Frame;
import io.drey.engine.frame.FrameBuilder;
import io.drey.engine.frame.FrameRebuild;
import io.drey.engine.frame.FrameSpace;
import io.drey.engine.frame.NodeEditor;
import io.drey.engine.frame.WritableFrames;
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

/**
 * Splits the frame in which a walk ended. Either a run of its entries moves to a fresh blob and the
 * edges to them, all in one node of one parent, are rewritten; or a run of sibling subtrees moves
 * to a fresh blob, as its entries, and edges take their place. What stays is rebuilt packed.
 *
 * <p>The target is half of the frame; when the new record comes at the right edge of the frame, 90
 * %: what lies left of it moves out packed full and the right edge stays, so that sorted input
 * fills its frames.
 */
final class FrameSplitter {
  /** A neighbour takes a run when its used bytes stay within this, at the right edge or not. */
  private static final int RIGHT_EDGE_FILL = FrameSize.BYTES / 100 * 96;

  private static final int FILL = FrameSize.BYTES / 100 * 80;

  private FrameSplitter() {}

  /** Splits the frame; false = nothing worth moving, nothing changed. */
  static boolean split(WritableFrames frames, Descent descent, byte[] key) {
    Frame frame = descent.frame;
    MemorySegment s = frame.segment;
    boolean right = atRightEdge(frame, frames, descent, key);
    int bytes = FrameSpace.nodeBytes(frame);
    int target = right ? bytes - bytes / 10 : bytes / 2;
    int[] entryBytes = new int[FrameHeader.entryCapacity(s, frame.base)];
    SplitPlan plan = plan(frame, descent, target, right, entryBytes);
    if (right && plan.bestFreed < FrameSize.BYTES / 8) {
      // Little lies beside the path, as in a chain of nested keys: the path's end moves on.
      plan = plan(frame, descent, bytes / 10, false, entryBytes);
    }
    EntryRun run = EntryRun.NONE;
    if (FrameHeader.entryCount(s, frame.base) > 1) {
      run = EntryRun.best(frames, descent, entryBytes, target, right);
    }
    if (run.count() > 0 && run.score() - FrameSize.BYTES / 8 <= plan.score()) {
      run.move(frames, descent);
      return true;
    }
    if (plan.bestCount == 0) {
      return false;
    }
    moveSiblings(frames, descent, plan, right ? RIGHT_EDGE_FILL : FILL);
    return true;
  }

  private static SplitPlan plan(
      Frame frame, Descent descent, int target, boolean keepPath, int[] entryBytes) {
    SplitPlan plan = new SplitPlan(frame, target);
    for (int entry = 0; entry < entryBytes.length; entry++) {
      int root = EntryTable.root(frame.segment, frame.base, entry) << FrameSize.REF_SHIFT;
      if (root != 0) {
        int first = descent.firstNode();
        boolean own = keepPath && entry == descent.entry();
        entryBytes[entry] = plan.scan(root, descent.nodes, first, own ? descent.pathEnd() : first);
      }
    }
    return plan;
  }

  private static void moveSiblings(
      WritableFrames frames, Descent descent, SplitPlan plan, int fill) {
    FrameSplit event = new FrameSplit();
    event.begin();
    ExclusiveFrame source = frames.writable(descent.blob());
    Frame place = source.frame();
    int used = FrameSpace.usedBytes(place);
    int[] moved = new int[plan.bestCount];
    int end = collect(place, plan, moved);
    long blob = neighbour(place, plan.bestNode, plan.bestFirst, end, descent.blob());
    int first = blob < 0 ? -1 : append(frames, place, moved, plan.bestBytes(), blob, fill);
    if (first < 0) {
      ExclusiveFrame fresh = frames.create(moved.length);
      FrameBuilder builder = new FrameBuilder();
      builder.addSource(place);
      for (int i = 0; i < moved.length; i++) {
        builder.addRoot(0, moved[i], i);
      }
      builder.build(fresh);
      blob = FrameHeader.blob(fresh.frame().segment, fresh.frame().base);
      first = 0;
    }
    // An edge takes the place of each moved child: no node is smaller than an edge.
    for (int i = 0; i < moved.length; i++) {
      NodeEditor.writeEdge(source, moved[i], blob, first + i);
    }
    FrameRebuild.compact(source, frames.scratch());
    FrameEvents.split(event, frames, place, used, blob, moved.length);
  }

  /** Fills in the local children that are to move; the byte behind the last of them. */
  private static int collect(Frame place, SplitPlan plan, int[] moved) {
    long node = place.base + plan.bestNode;
    int next = plan.bestFirst;
    for (int i = 0; i < moved.length; ) {
      int child = Children.atOrAfter(place.segment, node, next);
      next = Children.key(child) + 1;
      int at = Children.ref(child) << FrameSize.REF_SHIFT;
      if (NodeHeader.type(place.segment, place.base + at) != NodeType.EDGE) {
        moved[i++] = at;
      }
    }
    return next;
  }

  /** The blob of the edge before the children from {@code first} to {@code end}, or behind them. */
  private static long neighbour(Frame place, int node, int first, int end, long self) {
    MemorySegment s = place.segment;
    int before = Children.atOrBefore(s, place.base + node, first - 1);
    int after = Children.atOrAfter(s, place.base + node, end);
    for (int child : new int[] {before, after}) {
      long at = place.base + ((long) Children.ref(child) << FrameSize.REF_SHIFT);
      if (child >= 0 && NodeHeader.type(s, at) == NodeType.EDGE && Edge.blob(s, at) != self) {
        return Edge.blob(s, at);
      }
    }
    return -1;
  }

  /**
   * Appends subtrees of {@code place}, {@code bytes} together, to the entries of {@code blob} when
   * it is in memory, nobody else changes it, and what it uses stays within {@code fill}; the number
   * of the first new entry, -1 = it takes none.
   */
  private static int append(
      WritableFrames frames, Frame place, int[] moved, int bytes, long blob, int fill) {
    Frame resident = frames.held(blob);
    if (resident == null) {
      return -1;
    }
    int first = rows(resident);
    int capacity = first + moved.length;
    if (capacity > FrameSize.MAX_ENTRIES
        || EntryTable.end(capacity) + FrameSpace.nodeBytes(resident) + bytes > fill) {
      return -1;
    }
    ExclusiveFrame target = frames.writable(blob);
    Frame old = target.frame();
    FrameBuilder builder = new FrameBuilder();
    builder.addSource(old);
    builder.addSource(place);
    for (int entry = 0; entry < first; entry++) {
      int root = EntryTable.root(old.segment, old.base, entry) << FrameSize.REF_SHIFT;
      if (root != 0) {
        builder.addRoot(0, root, entry);
      }
    }
    for (int i = 0; i < moved.length; i++) {
      builder.addRoot(1, moved[i], first + i);
    }
    FrameRebuild.rewrite(target, frames.scratch(), builder, capacity);
    return first;
  }

  /** Rows of the entry table up to the last one in use. */
  private static int rows(Frame frame) {
    int rows = FrameHeader.entryCapacity(frame.segment, frame.base);
    while (rows > 0 && EntryTable.root(frame.segment, frame.base, rows - 1) == 0) {
      rows--;
    }
    return rows;
  }

  /** Whether nothing local to the walk's entry, nor a later entry of its blob, lies right of it. */
  private static boolean atRightEdge(
      Frame frame, WritableFrames frames, Descent descent, byte[] key) {
    MemorySegment s = frame.segment;
    for (int i = descent.firstNode(); i < descent.nodeCount; i++) {
      long node = frame.base + descent.nodes[i];
      boolean last = i == descent.nodeCount - 1;
      if (last && descent.ending == Descent.Ending.IN_PREFIX) {
        break;
      }
      int at = descent.depths[i] + NodeHeader.prefixLength(s, node);
      int from = at < key.length ? (key[at] & 0xFF) + 1 : 0;
      for (int c = Children.atOrAfter(s, node, from); c >= 0; c = Children.after(s, node, c)) {
        long child = frame.base + ((long) Children.ref(c) << FrameSize.REF_SHIFT);
        if (NodeHeader.type(s, child) != NodeType.EDGE) {
          return false;
        }
      }
    }
    if (descent.ending == Descent.Ending.IN_PREFIX) {
      long node = frame.base + descent.lastNode();
      long prefix = NodeHeader.prefix(node, NodeHeader.type(s, node));
      if (!isGreater(key, descent.depths[descent.nodeCount - 1], descent.matched, s, prefix)) {
        return false;
      }
    } else if (descent.ending == Descent.Ending.IN_LEAF) {
      long leaf = frame.base + descent.leaf;
      if (descent.matched < Leaf.suffixLength(s, leaf)
          && !isGreater(key, descent.leafDepth, descent.matched, s, leaf + Leaf.SUFFIX)) {
        return false;
      }
    } else if (descent.ending == Descent.Ending.AT_LEAF) {
      return false;
    }
    return FrameHeader.entryCount(s, frame.base) == 1 || EntryRun.isLast(frames, descent);
  }

  /** Whether the key's byte behind {@code matched} bytes is greater than the frame's. */
  private static boolean isGreater(byte[] key, int depth, int matched, MemorySegment s, long at) {
    return depth + matched < key.length
        && (key[depth + matched] & 0xFF) > Bytes.u8(s, at + matched);
  }
}
