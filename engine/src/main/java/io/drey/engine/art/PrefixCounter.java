package io.drey.engine.art;

import io.drey.engine.frame.EntryRow;
import io.drey.engine.frame.Frame;
import io.drey.engine.frame.Frames;
import io.drey.engine.frame.LatchedFrame;
import io.drey.engine.latch.FrameLatch;
import io.drey.engine.layout.Children;
import io.drey.engine.layout.Edge;
import io.drey.engine.layout.FrameSize;
import io.drey.engine.layout.Leaf;
import io.drey.engine.layout.NodeHeader;
import io.drey.engine.layout.NodeType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Counts the records below a prefix of physical keys. Reads the frame in which the prefix ends;
 * what lies in blobs below it comes from their directory rows, so no other frame is read.
 * Optimistic: the stamps of all blobs are validated at the end. Reusable, of one thread.
 */
public final class PrefixCounter {
  /** The walk came to the end: no blob is missing. */
  public static final long DONE = -1;

  /** Something changed meanwhile: count again. */
  public static final long STALE = -2;

  private static final int STRIDE = 4;

  /**
   * No frame has more nodes; whoever meets more, or has more in sight, goes in circles in bytes
   * that change.
   */
  private static final int NODES_MAX = FrameSize.BYTES / Edge.SIZE;

  private final Descent descent = new Descent();
  private long records;
  private long keyBytes;
  private long valueBytes;

  private final Crossings crossings = new Crossings();

  // Edges that wait for their rows: blob, entry, bytes of key before the entry, and the crossing
  // that led to the edge.
  private long[] waiting = new long[STRIDE * 16];
  private int waitingSize;

  private int[] stack = new int[2 * 64];
  private int stackSize;

  /**
   * Counts the records whose physical keys begin with {@code prefix}.
   *
   * @return {@link #DONE}, {@link #STALE}, or the blob that has to be in memory
   * @throws IndexOutOfBoundsException if the bytes made no sense: as good as {@link #STALE} unless
   *     the tree did not change, when it is damage
   */
  public long count(Frames frames, RowSource rows, byte[] prefix) {
    records = 0;
    keyBytes = 0;
    valueBytes = 0;
    waitingSize = 0;
    stackSize = 0;
    try {
      long begun = begin(frames, prefix);
      return begun == DONE ? countRows(frames, rows) : begun;
    } finally {
      crossings.clear();
    }
  }

  private long begin(Frames frames, byte[] prefix) {
    Descent.Outcome outcome = descent.walk(frames, prefix);
    if (outcome == Descent.Outcome.STALE) {
      return STALE;
    }
    int last = descent.cross(crossings);
    if (outcome == Descent.Outcome.MISSING) {
      if (descent.missingDepth < prefix.length) {
        return descent.missing;
      }
      await(descent.missing, descent.missingEntry, descent.missingDepth, last);
    } else if (holds(prefix)) {
      countFrame(descent.frame, last);
    }
    return DONE;
  }

  private long countRows(Frames frames, RowSource rows) {
    while (waitingSize > 0) {
      waitingSize -= STRIDE;
      LatchedFrame child = frames.latched(waiting[waitingSize]);
      long stamp = child == null ? 0 : frames.stamp(child);
      // ORDER: the child's stamp, then the parent's validation: the edge was true at that moment.
      if (!crossings.isValid((int) waiting[waitingSize + 3])
          || (child != null && FrameLatch.isHeld(stamp) && !frames.isMine(child))) {
        return STALE;
      }
      if (child == null) {
        throw Frames.noBlob(waiting[waitingSize]);
      }
      int crossing = crossings.add(child, stamp);
      long depth = waiting[waitingSize + 2];
      EntryRow row = rows.row(child, (int) waiting[waitingSize + 1]);
      records += row.records();
      keyBytes += row.records() * depth + row.keyBytes();
      valueBytes += row.valueBytes();
      for (int i = 0; i < row.edgeBlobs().length; i++) {
        await(row.edgeBlobs()[i], row.edgeEntries()[i], depth + row.edgeDepths()[i], crossing);
      }
    }
    return crossings.isValid() ? DONE : STALE;
  }

  /** The counted records. */
  public long records() {
    return records;
  }

  /** Bytes of their physical keys. */
  public long keyBytes() {
    return keyBytes;
  }

  /** Bytes of their values. */
  public long valueBytes() {
    return valueBytes;
  }

  /** Whether the walk ended where everything below begins with the prefix. */
  private boolean holds(byte[] prefix) {
    return switch (descent.ending) {
      case AT_LEAF, NO_VALUE -> true;
      case IN_LEAF -> descent.leafDepth + descent.matched == prefix.length;
      case IN_PREFIX -> descent.depths[descent.nodeCount - 1] + descent.matched == prefix.length;
      case NO_ROOT, NO_CHILD, NO_BLOB -> false;
    };
  }

  /** Counts what lies in the frame below the place where the walk ended. */
  private void countFrame(Frame frame, int crossing) {
    boolean atLeaf =
        descent.ending == Descent.Ending.AT_LEAF || descent.ending == Descent.Ending.IN_LEAF;
    if (atLeaf && !descent.atValue()) {
      push(descent.leaf, descent.leafDepth);
    } else {
      push(descent.lastNode(), descent.depths[descent.nodeCount - 1]);
    }
    MemorySegment s = frame.segment;
    int nodes = 0;
    while (stackSize > 0) {
      checkNodes(++nodes);
      stackSize -= 2;
      int depth = stack[stackSize + 1];
      long node = frame.base + stack[stackSize];
      int type = NodeHeader.type(s, node);
      if (type == NodeType.LEAF) {
        records++;
        keyBytes += depth + Leaf.suffixLength(s, node);
        valueBytes += Leaf.valueLength(s, node);
      } else if (type == NodeType.EDGE) {
        await(Edge.blob(s, node), Edge.entry(s, node), depth, crossing);
      } else {
        int end = depth + NodeHeader.prefixLength(s, node);
        int value = NodeHeader.value(s, node);
        if (value != 0) {
          push(value << FrameSize.REF_SHIFT, end);
        }
        for (int c = Children.atOrAfter(s, node, 0); c >= 0; c = Children.after(s, node, c)) {
          push(Children.ref(c) << FrameSize.REF_SHIFT, end + 1);
        }
      }
    }
  }

  /** Bytes of scratch memory, which stays with the counter. */
  int scratchBytes() {
    return stack.length * Integer.BYTES + waiting.length * Long.BYTES;
  }

  private static void checkNodes(int nodes) {
    if (nodes > NODES_MAX) {
      throw new IndexOutOfBoundsException("a frame with more nodes than it has room for");
    }
  }

  private void push(int node, int depth) {
    checkNodes(stackSize / 2 + 1);
    if (stackSize == stack.length) {
      stack = Arrays.copyOf(stack, 2 * stackSize);
    }
    stack[stackSize] = node;
    stack[stackSize + 1] = depth;
    stackSize += 2;
  }

  private void await(long blob, int entry, long depth, int crossing) {
    if (waitingSize == waiting.length) {
      waiting = Arrays.copyOf(waiting, 2 * waitingSize);
    }
    waiting[waitingSize] = blob;
    waiting[waitingSize + 1] = entry;
    waiting[waitingSize + 2] = depth;
    waiting[waitingSize + 3] = crossing;
    waitingSize += STRIDE;
  }
}
