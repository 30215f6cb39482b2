package io.drey.engine.art;

import io.drey.engine.frame.EntryRow;
import io.drey.engine.frame.Frame;
import io.drey.engine.frame.Frames;
import io.drey.engine.layout.Children;
import io.drey.engine.layout.Edge;
import io.drey.engine.layout.FrameSize;
import io.drey.engine.layout.Leaf;
import io.drey.engine.layout.NodeHeader;
import io.drey.engine.layout.NodeType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Counts the records below a prefix of physical keys, and says whether there are any. Reads the
 * frame in which the prefix ends; what lies in blobs below it comes from their directory rows, so
 * no other frame is read. Reusable, of one thread.
 */
public final class PrefixCounter {
  /** The walk came to the end: no blob is missing. */
  public static final long DONE = -1;

  private static final int STRIDE = 3;

  private final Descent descent = new Descent();
  private long records;
  private long keyBytes;
  private long valueBytes;

  // Edges that wait for their rows: blob, entry, bytes of key before the entry.
  private long[] waiting = new long[STRIDE * 16];
  private int waitingSize;

  private int[] stack = new int[2 * 64];
  private int stackSize;

  /**
   * Counts the records whose physical keys begin with {@code prefix}.
   *
   * @return {@link #DONE}, or the blob that has to be in memory
   */
  public long count(Frames frames, RowSource rows, byte[] prefix) {
    records = 0;
    keyBytes = 0;
    valueBytes = 0;
    if (descent.walk(frames, prefix) == Descent.Outcome.MISSING) {
      if (descent.missingDepth < prefix.length) {
        return descent.missing;
      }
      await(descent.missing, descent.missingEntry, descent.missingDepth);
    } else if (holds(prefix)) {
      countFrame(RoomMaker.current(frames, descent));
    }
    while (waitingSize > 0) {
      waitingSize -= STRIDE;
      long depth = waiting[waitingSize + 2];
      EntryRow row = rows.row(waiting[waitingSize], (int) waiting[waitingSize + 1]);
      records += row.records();
      keyBytes += row.records() * depth + row.keyBytes();
      valueBytes += row.valueBytes();
      for (int i = 0; i < row.edgeBlobs().length; i++) {
        await(row.edgeBlobs()[i], row.edgeEntries()[i], depth + row.edgeDepths()[i]);
      }
    }
    return DONE;
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

  /** What {@link #probe} says: a record's key begins with the prefix. */
  public static final long SOME = -2;

  /** What {@link #probe} says: no record's key begins with the prefix. */
  public static final long NONE = -1;

  /**
   * Whether a record's physical key begins with {@code prefix}: {@link #SOME}, {@link #NONE}, or
   * the blob that has to be in memory.
   */
  public long probe(Frames frames, byte[] prefix) {
    if (descent.walk(frames, prefix) == Descent.Outcome.MISSING) {
      // Below an edge there is always a record.
      return descent.missingDepth < prefix.length ? descent.missing : SOME;
    }
    return holds(prefix) ? SOME : NONE;
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
  private void countFrame(Frame frame) {
    boolean atLeaf =
        descent.ending == Descent.Ending.AT_LEAF || descent.ending == Descent.Ending.IN_LEAF;
    if (atLeaf && !descent.atValue()) {
      push(descent.leaf, descent.leafDepth);
    } else {
      push(descent.lastNode(), descent.depths[descent.nodeCount - 1]);
    }
    MemorySegment s = frame.segment;
    while (stackSize > 0) {
      stackSize -= 2;
      int depth = stack[stackSize + 1];
      long node = frame.base + stack[stackSize];
      int type = NodeHeader.type(s, node);
      if (type == NodeType.LEAF) {
        records++;
        keyBytes += depth + Leaf.suffixLength(s, node);
        valueBytes += Leaf.valueLength(s, node);
      } else if (type == NodeType.EDGE) {
        await(Edge.blob(s, node), Edge.entry(s, node), depth);
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

  private void push(int node, int depth) {
    if (stackSize == stack.length) {
      stack = Arrays.copyOf(stack, 2 * stackSize);
    }
    stack[stackSize] = node;
    stack[stackSize + 1] = depth;
    stackSize += 2;
  }

  private void await(long blob, int entry, long depth) {
    if (waitingSize == waiting.length) {
      waiting = Arrays.copyOf(waiting, 2 * waitingSize);
    }
    waiting[waitingSize] = blob;
    waiting[waitingSize + 1] = entry;
    waiting[waitingSize + 2] = depth;
    waitingSize += STRIDE;
  }
}
