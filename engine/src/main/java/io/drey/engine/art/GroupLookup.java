package io.drey.engine.art;

import io.drey.engine.frame.Frame;
import io.drey.engine.frame.Frames;
import io.drey.engine.frame.LatchedFrame;
import io.drey.engine.latch.FrameLatch;
import io.drey.engine.layout.Children;
import io.drey.engine.layout.Edge;
import io.drey.engine.layout.EntryTable;
import io.drey.engine.layout.FrameSize;
import io.drey.engine.layout.NodeHeader;
import io.drey.engine.layout.NodeType;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of several records by their user keys at once, each optimistically as {@link
 * PointLookup} does.
 *
 * <p>A walk down the tree waits for memory at nearly every node, and cannot know the next node
 * before. So here the walks go side by side, one node each in every round, and a round begins by
 * reading the first word of each walk's node: these reads do not depend on one another, and the
 * processor waits for all of them together.
 *
 * <p>Reusable, of one thread; keeps no key between two calls.
 */
public final class GroupLookup {
  /** The most keys of one call. */
  public static final int KEYS_MAX = 16;

  private static final byte[] NO_KEY = {};

  // One element for each walk: its key, and where it stands.
  private final byte[][] keys = new byte[KEYS_MAX][];
  private final Frame[] frames = new Frame[KEYS_MAX];
  private final long[] nodes = new long[KEYS_MAX];
  private final int[] depths = new int[KEYS_MAX];

  /** The first word of each walk's node. */
  private final long[] heads = new long[KEYS_MAX];

  private final LatchedFrame[] owners = new LatchedFrame[KEYS_MAX];
  private final long[] stamps = new long[KEYS_MAX];

  /** A bit for each walk that has no answer: it met a change, or a blob out of memory. */
  private int unanswered;

  /** A bit for each walk that stands not at a node but at an entry's row. */
  private int atRow;

  /**
   * Reads the values of {@code count} keys in the tree {@code treeId}.
   *
   * @param wanted the keys, from {@code from} on
   * @param values where copies of the values go, by the number of the key; null = absent
   * @return a bit for each key, counted from {@code from}, that has no answer because its walk met
   *     a change or a blob out of memory
   * @throws IndexOutOfBoundsException if bytes that changed made no sense: no key has an answer
   */
  public int read(
      Frames all, long treeId, byte[][] wanted, int from, int count, byte[] @Nullable [] values) {
    unanswered = 0;
    atRow = 0;
    int walking = 0;
    for (int i = 0; i < count; i++) {
      keys[i] = wanted[from + i];
      depths[i] = -FrameSize.TREE_KEY_BYTES;
      if (cross(all, i, all.rootBlob(), 0, true)) {
        walking |= 1 << i;
      }
    }
    while (walking != 0) {
      for (int rest = walking; rest != 0; rest &= rest - 1) {
        int i = Integer.numberOfTrailingZeros(rest);
        heads[i] = NodeHeader.head(frames[i].segment, nodes[i]);
      }
      for (int rest = walking; rest != 0; rest &= rest - 1) {
        int i = Integer.numberOfTrailingZeros(rest);
        if (!step(all, treeId, i, from, values)) {
          walking &= ~(1 << i);
        }
      }
    }
    for (int i = 0; i < count; i++) {
      keys[i] = NO_KEY;
    }
    return unanswered;
  }

  /** Takes walk {@code i} one node further; false when it has ended. */
  private boolean step(Frames all, long treeId, int i, int from, byte[] @Nullable [] values) {
    Frame frame = frames[i];
    MemorySegment s = frame.segment;
    long node = nodes[i];
    long head = heads[i];
    if ((atRow >>> i & 1) != 0) {
      atRow &= ~(1 << i);
      return go(i, frame, EntryTable.rootIn(head));
    }
    byte[] key = keys[i];
    int depth = depths[i];
    int type = NodeHeader.typeIn(head);
    if (type < NodeType.NODE4) {
      if (type == NodeType.LEAF) {
        boolean same = PointLookup.matches(s, node, treeId, key, depth);
        return same ? found(i, s, node, from, values) : absent(i);
      }
      if (type != NodeType.EDGE) {
        if (!isValid(i)) {
          return giveUp(i);
        }
        throw new IndexOutOfBoundsException("no node at " + (node - frame.base) + " of a blob");
      }
      return cross(all, i, Edge.blob(s, node), Edge.entry(s, node), false);
    }
    int prefix = NodeHeader.prefixLengthIn(head);
    if (depth < 0) {
      depth = PointLookup.matchTree(s, NodeHeader.prefix(node, type), prefix, treeId, key, depth);
      if (depth == PointLookup.MISMATCH) {
        return absent(i);
      }
    } else if (prefix != 0) {
      if (Integer.compareUnsigned(prefix, key.length - depth) > 0
          || !KeyMatch.equal(s, NodeHeader.prefix(node, type), key, depth, prefix)) {
        return absent(i);
      }
      depth += prefix;
    }
    if (depth == key.length) {
      int value = NodeHeader.valueIn(head);
      return value == 0 ? absent(i) : found(i, s, frame.node(value), from, values);
    }
    int next = depth >= 0 ? key[depth] & 0xFF : PointLookup.treeByte(treeId, depth);
    depths[i] = depth + 1;
    return go(i, frame, Children.find(s, node, type, next));
  }

  /** Goes to a node of the same frame, or ends where there is none. */
  private boolean go(int i, Frame frame, int ref) {
    if (ref == 0) {
      return absent(i);
    }
    nodes[i] = frame.node(ref);
    return true;
  }

  /** Goes to an entry of another blob, or gives up where that is not in memory. */
  private boolean cross(Frames all, int i, long blob, int entry, boolean isRoot) {
    LatchedFrame child = all.latched(blob);
    long stamp = child == null ? 0 : all.stamp(child);
    // ORDER: the child's stamp, then the parent's validation: the edge was true at that moment.
    if (child == null || FrameLatch.isHeld(stamp) || !(isRoot || isValid(i))) {
      return giveUp(i);
    }
    Frame frame = child.frame();
    if (frame == null) {
      return giveUp(i);
    }
    owners[i] = child;
    stamps[i] = stamp;
    frames[i] = frame;
    nodes[i] = frame.base + EntryTable.row(entry);
    atRow |= 1 << i;
    return true;
  }

  private boolean isValid(int i) {
    return owners[i].isValid(stamps[i]);
  }

  private boolean giveUp(int i) {
    unanswered |= 1 << i;
    return false;
  }

  private boolean absent(int i) {
    return isValid(i) ? false : giveUp(i);
  }

  private boolean found(int i, MemorySegment s, long leaf, int from, byte[] @Nullable [] values) {
    Object value = PointLookup.value(s, leaf, owners[i], stamps[i]);
    if (value == PointLookup.RESTART) {
      return giveUp(i);
    }
    values[from + i] = (byte[]) value;
    return false;
  }
}
