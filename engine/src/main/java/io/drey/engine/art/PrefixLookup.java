package io.drey.engine.art;

import io.drey.Entry;
import io.drey.engine.frame.Frame;
import io.drey.engine.frame.Frames;
import io.drey.engine.frame.LatchedFrame;
import io.drey.engine.latch.FrameLatch;
import io.drey.engine.layout.Children;
import io.drey.engine.layout.Edge;
import io.drey.engine.layout.EntryTable;
import io.drey.engine.layout.FrameSize;
import io.drey.engine.layout.Leaf;
import io.drey.engine.layout.NodeHeader;
import io.drey.engine.layout.NodeType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the record with the longest user key that is a prefix of a query. One walk down along the
 * query, which remembers the last value it passed: every stored prefix of the query is the value of
 * an inner node on this path, or the leaf at its end. Allocates nothing but the result. Reusable,
 * of one thread.
 *
 * <p>Depth counts bytes of the user key, and the walk is optimistic, as in {@link PointLookup}; but
 * the answer tells of every blob on the way, so the stamps of all are validated at the end.
 */
public final class PrefixLookup {
  private final Crossings crossings = new Crossings();

  /**
   * Looks for the longest stored prefix of {@code query}, itself included, in the tree {@code
   * treeId}.
   *
   * @param query any bytes, longer than a key can be as well
   * @return the {@link Entry}, null if there is none, a {@link PointLookup.Missing}, or {@link
   *     PointLookup#RESTART}, which alone inside the gate is never returned
   * @throws IndexOutOfBoundsException as {@link PointLookup#read}
   */
  public @Nullable Object read(Frames frames, long treeId, byte[] query) {
    try {
      return walk(frames, treeId, query);
    } finally {
      crossings.clear();
    }
  }

  private @Nullable Object walk(Frames frames, long treeId, byte[] query) {
    // The value passed last: its leaf, the length of its key, and the crossing to its blob.
    MemorySegment valueSegment = MemorySegment.NULL;
    long leaf = 0;
    int keyLength = -1;
    int crossing = -1;
    long blob = frames.rootBlob();
    int entry = 0;
    int depth = -FrameSize.TREE_KEY_BYTES;
    walk:
    while (true) {
      LatchedFrame child = frames.latched(blob);
      long childStamp = child == null ? 0 : frames.stamp(child);
      // ORDER: the child's stamp, then the parent's validation: the edge was true at that moment.
      if (child == null || (crossing >= 0 && !crossings.isValid(crossing))) {
        return PointLookup.RESTART;
      }
      if (FrameLatch.isHeld(childStamp)) {
        return PointLookup.restart(child);
      }
      crossing = crossings.add(child, childStamp);
      Frame frame = child.frame();
      if (frame == null) {
        return crossings.isValid(crossing)
            ? new PointLookup.Missing(blob, child, childStamp, entry, depth)
            : PointLookup.RESTART;
      }
      MemorySegment s = frame.segment;
      int ref = EntryTable.root(s, frame.base, entry);
      long node;
      int type;
      while (true) {
        if (ref == 0) {
          break walk;
        }
        node = frame.node(ref);
        type = NodeHeader.type(s, node);
        if (type < NodeType.NODE4) {
          break;
        }
        int prefix = NodeHeader.prefixLength(s, node);
        depth = PointLookup.match(s, NodeHeader.prefix(node, type), prefix, treeId, query, depth);
        if (depth == PointLookup.MISMATCH) {
          break walk;
        }
        if (depth >= 0) {
          int value = NodeHeader.value(s, node);
          if (value != 0) {
            valueSegment = s;
            leaf = frame.node(value);
            keyLength = depth;
          }
          if (depth == query.length) {
            break walk;
          }
        }
        int next = depth >= 0 ? query[depth] & 0xFF : PointLookup.treeByte(treeId, depth);
        depth++;
        ref = Children.find(s, node, type, next);
      }
      if (type == NodeType.LEAF) {
        int suffix = Leaf.suffixLength(s, node);
        int end = PointLookup.match(s, node + Leaf.SUFFIX, suffix, treeId, query, depth);
        if (end >= 0) {
          valueSegment = s;
          leaf = node;
          keyLength = end;
        }
        break;
      }
      if (type != NodeType.EDGE) {
        if (!crossings.isValid(crossing)) {
          return PointLookup.RESTART;
        }
        throw new IndexOutOfBoundsException("no node at " + (node - frame.base) + " of " + blob);
      }
      blob = Edge.blob(s, node);
      entry = Edge.entry(s, node);
    }
    if (keyLength < 0) {
      return crossings.isValid() ? null : PointLookup.RESTART;
    }
    int valueLength = Leaf.valueLength(valueSegment, leaf);
    long version = Leaf.version(valueSegment, leaf);
    if (!crossings.isValid()) {
      return PointLookup.RESTART;
    }
    byte[] value = new byte[valueLength];
    MemorySegment.copy(
        valueSegment, ValueLayout.JAVA_BYTE, Leaf.value(valueSegment, leaf), value, 0, valueLength);
    return crossings.isValid()
        ? new Entry(Arrays.copyOf(query, keyLength), value, version)
        : PointLookup.RESTART;
  }
}
