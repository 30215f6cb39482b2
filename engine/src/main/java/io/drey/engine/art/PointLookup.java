package io.drey.engine.art;

import io.drey.engine.frame.Frame;
import io.drey.engine.frame.Frames;
import io.drey.engine.layout.Bytes;
import io.drey.engine.layout.Children;
import io.drey.engine.layout.Edge;
import io.drey.engine.layout.EntryTable;
import io.drey.engine.layout.FrameSize;
import io.drey.engine.layout.Leaf;
import io.drey.engine.layout.NodeHeader;
import io.drey.engine.layout.NodeType;
import java.lang.foreign.MemorySegment;

/**
 * Finds one record by its user key. Allocates nothing: the nine bytes of the tree's id that precede
 * the key in the physical tree (1, then the id big-endian) are compared without being written down.
 *
 * <p>Depth counts bytes of the user key, so the tree's bytes lie at depths -9 to -1.
 */
public final class PointLookup {
  /** There is no such record. */
  public static final long ABSENT = 0;

  private static final int TREE_MARK = 1;

  /** What {@link #matchTree} says: the bytes differ. */
  static final int MISMATCH = Integer.MIN_VALUE;

  // A found record's place: the offset in the frame, the number of the frame, and where a walk
  // does not know it beforehand the length of the key.
  private static final int NODE_BITS = 20;
  private static final int FRAME_BITS = 27;

  static {
    if (FrameSize.BYTES > 1 << NODE_BITS || FrameSize.MAX_KEY_BYTES >= 1 << 16) {
      throw new ExceptionInInitializerError("a place and a key's length do not fit one long");
    }
  }

  private PointLookup() {}

  /**
   * Looks {@code key} up in the tree {@code treeId}.
   *
   * @return {@link #ABSENT}; negative: {@code ~blob} of the blob the walk needs and that is not in
   *     memory; else where the leaf is, see {@link #frameIndex} and {@link #leaf}
   */
  public static long find(Frames frames, long treeId, byte[] key) {
    long blob = frames.rootBlob();
    int entry = 0;
    int depth = -FrameSize.TREE_KEY_BYTES;
    while (true) {
      Frame frame = frames.resident(blob);
      if (frame == null) {
        return ~blob;
      }
      MemorySegment s = frame.segment;
      long base = frame.base;
      int ref = EntryTable.root(s, base, entry);
      long node;
      int type;
      while (true) {
        if (ref == 0) {
          return ABSENT;
        }
        node = base + ((long) ref << FrameSize.REF_SHIFT);
        type = NodeHeader.type(s, node);
        if (type < NodeType.NODE4) {
          break;
        }
        int prefix = NodeHeader.prefixLength(s, node);
        if (depth < 0) {
          depth = matchTree(s, NodeHeader.prefix(node, type), prefix, treeId, key, depth);
          if (depth == MISMATCH) {
            return ABSENT;
          }
        } else if (prefix != 0) {
          if (Integer.compareUnsigned(prefix, key.length - depth) > 0
              || !KeyMatch.equal(s, NodeHeader.prefix(node, type), key, depth, prefix)) {
            return ABSENT;
          }
          depth += prefix;
        }
        if (depth == key.length) {
          int value = NodeHeader.value(s, node);
          return value == 0 ? ABSENT : found(frame, (long) value << FrameSize.REF_SHIFT);
        }
        int next = depth >= 0 ? key[depth] & 0xFF : treeByte(treeId, depth);
        depth++;
        ref = Children.find(s, node, type, next);
      }
      if (type == NodeType.LEAF) {
        return matches(s, node, treeId, key, depth) ? found(frame, node - base) : ABSENT;
      }
      if (type != NodeType.EDGE) {
        throw new IndexOutOfBoundsException("no node at " + (node - base) + " of blob " + blob);
      }
      blob = Edge.blob(s, node);
      entry = Edge.entry(s, node);
    }
  }

  /** The number of the frame of a found record. */
  public static int frameIndex(long found) {
    return (int) (found >>> NODE_BITS) & ((1 << FRAME_BITS) - 1);
  }

  /** The offset in its frame of a found record's leaf. */
  public static int leaf(long found) {
    return (int) found & ((1 << NODE_BITS) - 1);
  }

  /** The key's length in a place made by {@link #found(Frame, long, int)}. */
  static int keyLength(long found) {
    return (int) (found >>> (NODE_BITS + FRAME_BITS));
  }

  /** The place of the leaf at offset {@code leaf} of {@code frame}. */
  static long found(Frame frame, long leaf) {
    return (long) frame.index << NODE_BITS | leaf;
  }

  /** As {@link #found(Frame, long)}, with the length of the record's user key. */
  static long found(Frame frame, long leaf, int keyLength) {
    return (long) keyLength << (NODE_BITS + FRAME_BITS) | found(frame, leaf);
  }

  /** Whether the leaf at {@code leaf}, {@code depth} bytes down, is that of {@code key}. */
  static boolean matches(MemorySegment s, long leaf, long treeId, byte[] key, int depth) {
    int suffix = Leaf.suffixLength(s, leaf);
    if (suffix != key.length - depth) {
      return false;
    }
    long at = leaf + Leaf.SUFFIX;
    return depth >= 0
        ? KeyMatch.equal(s, at, key, depth, suffix)
        : matchTree(s, at, suffix, treeId, key, depth) == key.length;
  }

  /** The depth behind {@code length} bytes at {@code at}, or {@link #MISMATCH}. */
  static int matchTree(MemorySegment s, long at, int length, long treeId, byte[] key, int depth) {
    if (Integer.compareUnsigned(length, key.length - depth) > 0) {
      return MISMATCH;
    }
    int treeBytes = Math.min(length, -depth);
    if (treeBytes == FrameSize.TREE_KEY_BYTES) {
      if (Bytes.u8(s, at) != TREE_MARK || Bytes.i64(s, at + 1) != Long.reverseBytes(treeId)) {
        return MISMATCH;
      }
    } else {
      for (int i = 0; i < treeBytes; i++) {
        if (Bytes.u8(s, at + i) != treeByte(treeId, depth + i)) {
          return MISMATCH;
        }
      }
    }
    int rest = length - treeBytes;
    return rest == 0 || KeyMatch.equal(s, at + treeBytes, key, 0, rest) ? depth + length : MISMATCH;
  }

  /** The byte of a physical key at {@code depth}, which is before the user's key. */
  static int treeByte(long treeId, int depth) {
    return depth == -FrameSize.TREE_KEY_BYTES
        ? TREE_MARK
        : (int) (treeId >>> (8 * (-1 - depth))) & 0xFF;
  }
}
