package io.drey.engine.art;

import io.drey.engine.art.PointLookup.Missing;
import io.drey.engine.art.PointLookup.Wanted;
import io.drey.engine.frame.Frames;
import io.drey.engine.frame.LatchedFrame;
import io.drey.engine.layout.Children;
import io.drey.engine.layout.Edge;
import io.drey.engine.layout.EntryTable;
import io.drey.engine.layout.FrameSize;
import io.drey.engine.layout.Leaf;
import io.drey.engine.layout.NodeHeader;
import io.drey.engine.layout.NodeType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Goes on with a {@link PointLookup} through the stored image of a blob that is not in memory, node
 * by node. The image's bytes do not change; that it still is the blob's image, the stamp proves
 * which the walk took when it met the blob: a blob that comes into memory raises it.
 */
public final class PagedLookup {
  /** Brought at once where a node begins, so that most nodes are brought whole. */
  private static final int PROBE_BYTES = 640;

  private PagedLookup() {}

  /**
   * Goes on where a walk met a blob that is not in memory.
   *
   * @param image the blob's image, as it was while the stamp of {@code at} was valid
   * @return as {@link PointLookup#read}; behind an edge the walk goes on in memory
   * @throws IndexOutOfBoundsException if the bytes made no sense
   */
  public static @Nullable Object read(
      Frames frames,
      ImageBytes image,
      Missing at,
      long treeId,
      byte[] key,
      Wanted wanted,
      MemorySegment target)
      throws IOException {
    LatchedFrame owner = at.owner();
    long stamp = at.stamp();
    int depth = at.depth();
    long row = image.bring(EntryTable.row(at.entry()), EntryTable.ROW_SIZE);
    int ref = EntryTable.rootIn(NodeHeader.head(image.memory(), row));
    while (ref != 0) {
      long node = bring(image, ref, key.length - depth, wanted);
      MemorySegment s = image.memory();
      int type = NodeHeader.type(s, node);
      if (type == NodeType.LEAF) {
        return PointLookup.matches(s, node, treeId, key, depth)
            ? PointLookup.found(s, node, owner, stamp, key, wanted, target)
            : PointLookup.absent(owner, stamp);
      }
      if (type == NodeType.EDGE) {
        long blob = Edge.blob(s, node);
        int entry = Edge.entry(s, node);
        LatchedFrame child = frames.latched(blob);
        long childStamp = child == null ? 0 : frames.stamp(child);
        // ORDER: the child's stamp, then the parent's validation: the edge was true at that moment.
        if (child == null || !owner.isValid(stamp)) {
          return PointLookup.restart(owner);
        }
        return PointLookup.goOn(
            frames, blob, child, childStamp, entry, depth, treeId, key, wanted, target);
      }
      if (!NodeType.isInner(type)) {
        throw new IndexOutOfBoundsException("no node at " + ref + " of blob " + at.blob());
      }
      int prefix = NodeHeader.prefixLength(s, node);
      depth = PointLookup.match(s, NodeHeader.prefix(node, type), prefix, treeId, key, depth);
      if (depth == PointLookup.MISMATCH) {
        break;
      }
      if (depth == key.length) {
        int value = NodeHeader.value(s, node);
        if (value == 0) {
          break;
        }
        long leaf = bring(image, value, 0, wanted);
        return PointLookup.found(image.memory(), leaf, owner, stamp, key, wanted, target);
      }
      int next = depth >= 0 ? key[depth] & 0xFF : PointLookup.treeByte(treeId, depth);
      depth++;
      ref = Children.find(s, node, type, next);
    }
    return PointLookup.absent(owner, stamp);
  }

  /**
   * Brings as much of the node as a walk needs that has {@code left} bytes of key before it: of a
   * prefix or suffix that cannot match no more than its length.
   */
  private static long bring(ImageBytes image, int ref, int left, Wanted wanted) throws IOException {
    int offset = ref << FrameSize.REF_SHIFT;
    int probe = Math.min(PROBE_BYTES, FrameSize.PAGE_BYTES - offset % FrameSize.PAGE_BYTES);
    long node = image.bring(offset, probe);
    long head = NodeHeader.head(image.memory(), node);
    int size = size(head, left, wanted);
    return size <= probe ? node : image.bring(offset, size);
  }

  private static int size(long head, int left, Wanted wanted) {
    int type = NodeHeader.typeIn(head);
    if (type == NodeType.LEAF) {
      int suffix = Leaf.suffixLengthIn(head);
      int value = wanted == Wanted.PRESENCE ? 0 : Leaf.valueLengthIn(head);
      return suffix == left ? Leaf.SUFFIX + suffix + value : Leaf.SUFFIX;
    }
    if (type == NodeType.EDGE) {
      return Edge.SIZE;
    }
    int prefix = NodeHeader.prefixLengthIn(head);
    boolean canMatch = Integer.compareUnsigned(prefix, left) <= 0;
    return NodeHeader.prefixOffset(type) + (canMatch ? prefix : 0);
  }
}
