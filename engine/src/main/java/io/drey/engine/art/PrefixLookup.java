package io.drey.engine.art;

import io.drey.engine.frame.Frame;
import io.drey.engine.frame.Frames;
import io.drey.engine.layout.Children;
import io.drey.engine.layout.Edge;
import io.drey.engine.layout.EntryTable;
import io.drey.engine.layout.FrameSize;
import io.drey.engine.layout.Leaf;
import io.drey.engine.layout.NodeHeader;
import io.drey.engine.layout.NodeType;
import java.lang.foreign.MemorySegment;

/**
 * Finds the record with the longest user key that is a prefix of a query. One walk down along the
 * query, which remembers the last value it passed: every stored prefix of the query is the value of
 * an inner node on this path, or the leaf at its end. Allocates nothing.
 *
 * <p>Depth counts bytes of the user key, as in {@link PointLookup}. Inside the gate.
 */
public final class PrefixLookup {
  private PrefixLookup() {}

  /**
   * Looks for the longest stored prefix of {@code query}, itself included, in the tree {@code
   * treeId}.
   *
   * @param query any bytes, longer than a key can be as well
   * @return {@link RecordPlace#ABSENT}; negative: {@code ~blob} of the blob the walk needs and that
   *     is not in memory; else the {@link RecordPlace} with the key's length
   */
  public static long find(Frames frames, long treeId, byte[] query) {
    long longest = RecordPlace.ABSENT;
    long blob = frames.rootBlob();
    int entry = 0;
    int depth = -FrameSize.TREE_KEY_BYTES;
    while (true) {
      Frame frame = frames.resident(blob);
      if (frame == null) {
        frames.requireExists(blob);
        return ~blob;
      }
      MemorySegment s = frame.segment;
      int ref = EntryTable.root(s, frame.base, entry);
      long node;
      int type;
      while (true) {
        if (ref == 0) {
          return longest;
        }
        node = frame.node(ref);
        type = NodeHeader.type(s, node);
        if (type < NodeType.NODE4) {
          break;
        }
        int prefix = NodeHeader.prefixLength(s, node);
        depth = match(s, NodeHeader.prefix(node, type), prefix, treeId, query, depth);
        if (depth == PointLookup.MISMATCH) {
          return longest;
        }
        if (depth >= 0) {
          int value = NodeHeader.value(s, node);
          if (value != 0) {
            longest = RecordPlace.of(frame, frame.node(value) - frame.base, depth);
          }
          if (depth == query.length) {
            return longest;
          }
        }
        int next = depth >= 0 ? query[depth] & 0xFF : PointLookup.treeByte(treeId, depth);
        depth++;
        ref = Children.find(s, node, type, next);
      }
      if (type == NodeType.LEAF) {
        int suffix = Leaf.suffixLength(s, node);
        int end = match(s, node + Leaf.SUFFIX, suffix, treeId, query, depth);
        return end < 0 ? longest : RecordPlace.of(frame, node - frame.base, end);
      }
      if (type != NodeType.EDGE) {
        throw new IndexOutOfBoundsException("no node at " + (node - frame.base) + " of " + blob);
      }
      blob = Edge.blob(s, node);
      entry = Edge.entry(s, node);
    }
  }

  /** The depth behind {@code length} bytes at {@code at}; MISMATCH where they leave the query. */
  private static int match(
      MemorySegment s, long at, int length, long treeId, byte[] query, int depth) {
    if (depth < 0) {
      return PointLookup.matchTree(s, at, length, treeId, query, depth);
    }
    boolean same =
        Integer.compareUnsigned(length, query.length - depth) <= 0
            && KeyMatch.equal(s, at, query, depth, length);
    return same ? depth + length : PointLookup.MISMATCH;
  }
}
