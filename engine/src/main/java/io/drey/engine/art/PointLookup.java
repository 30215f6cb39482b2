package io.drey.engine.art;

import io.drey.Entry;
import io.drey.engine.frame.Frame;
import io.drey.engine.frame.Frames;
import io.drey.engine.frame.LatchedFrame;
import io.drey.engine.latch.FrameLatch;
import io.drey.engine.layout.Bytes;
import io.drey.engine.layout.Children;
import io.drey.engine.layout.Edge;
import io.drey.engine.layout.EntryTable;
import io.drey.engine.layout.FrameSize;
import io.drey.engine.layout.Leaf;
import io.drey.engine.layout.NodeHeader;
import io.drey.engine.layout.NodeType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * Reads one record by its user key, optimistically: no latch is held, and what was read is returned
 * only after the stamps of the blobs on the way have proved valid.
 *
 * <p>Allocates nothing but the result: the nine bytes of the tree's id that precede the key in the
 * physical tree (1, then the id big-endian) are compared without being written down. Depth counts
 * bytes of the user key, so the tree's bytes lie at depths -9 to -1.
 *
 * <p>Bytes read under a stamp that does not hold may be anything. References stay in the frame by
 * their width; every hop inside a frame consumes a byte of the key; a length is compared with the
 * key's before it is used; and no other blob is entered, no array made, before the stamp is proved.
 */
public final class PointLookup {
  /** Something changed on the way, or cannot be seen yet: read again. */
  public static final Object RESTART = new Object();

  private static final int TREE_MARK = 1;

  /** What {@link #matchTree} says: the bytes differ. */
  static final int MISMATCH = Integer.MIN_VALUE;

  private static final byte[] EMPTY = {};

  /** What is returned of a record. */
  public enum Wanted {
    /** {@code byte[]}: a copy of the value. */
    VALUE,
    /** {@link Entry}: key, value, version. */
    ENTRY,
    /** {@link Boolean#TRUE}. */
    PRESENCE,
    /** {@link Integer}: the value's bytes, copied to the target if they fit. */
    COPY
  }

  /**
   * The blob the walk needs is not in memory.
   *
   * @param blob the blob
   * @param owner its latch
   * @param stamp taken when the edge to it was true, and valid when its image was found missing
   * @param entry where the walk goes on in it
   * @param depth bytes of the user key before that
   */
  public record Missing(long blob, LatchedFrame owner, long stamp, int entry, int depth) {}

  private PointLookup() {}

  /**
   * Looks {@code key} up in the tree {@code treeId}.
   *
   * @param target where a {@link Wanted#COPY} goes: native or heap memory that this thread may
   *     write
   * @return what is {@code wanted} of the record, null if there is none, a {@link Missing}, or
   *     {@link #RESTART}, which alone inside the gate is never returned
   * @throws IndexOutOfBoundsException if the bytes made no sense: as good as {@link #RESTART}, but
   *     alone inside the gate damage
   */
  public static @Nullable Object read(
      Frames frames, long treeId, byte[] key, Wanted wanted, MemorySegment target) {
    long root = frames.rootBlob();
    LatchedFrame owner = frames.latched(root);
    return owner == null
        ? RESTART
        : goOn(
            frames,
            root,
            owner,
            frames.stamp(owner),
            0,
            -FrameSize.TREE_KEY_BYTES,
            treeId,
            key,
            wanted,
            target);
  }

  /**
   * As {@link #read}, from an entry of a blob on.
   *
   * @param firstBlob the blob
   * @param first its latch
   * @param firstStamp taken when the edge to the blob was true
   * @param firstEntry the entry
   * @param firstDepth bytes of the user key before the entry
   */
  static @Nullable Object goOn(
      Frames frames,
      long firstBlob,
      LatchedFrame first,
      long firstStamp,
      int firstEntry,
      int firstDepth,
      long treeId,
      byte[] key,
      Wanted wanted,
      MemorySegment target) {
    long blob = firstBlob;
    LatchedFrame owner = first;
    long stamp = firstStamp;
    int entry = firstEntry;
    int depth = firstDepth;
    while (true) {
      if (FrameLatch.isHeld(stamp)) {
        return restart(owner);
      }
      Frame frame = owner.frame();
      if (frame == null) {
        return owner.isValid(stamp)
            ? new Missing(blob, owner, stamp, entry, depth)
            : restart(owner);
      }
      MemorySegment s = frame.segment;
      long base = frame.base;
      int ref = EntryTable.root(s, base, entry);
      long node;
      int type;
      while (true) {
        if (ref == 0) {
          return absent(owner, stamp);
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
            return absent(owner, stamp);
          }
        } else if (prefix != 0) {
          if (Integer.compareUnsigned(prefix, key.length - depth) > 0
              || !KeyMatch.equal(s, NodeHeader.prefix(node, type), key, depth, prefix)) {
            return absent(owner, stamp);
          }
          depth += prefix;
        }
        if (depth == key.length) {
          int value = NodeHeader.value(s, node);
          return value == 0
              ? absent(owner, stamp)
              : found(
                  s,
                  base + ((long) value << FrameSize.REF_SHIFT),
                  owner,
                  stamp,
                  key,
                  wanted,
                  target);
        }
        int next = depth >= 0 ? key[depth] & 0xFF : treeByte(treeId, depth);
        depth++;
        ref = Children.find(s, node, type, next);
      }
      if (type == NodeType.LEAF) {
        return matches(s, node, treeId, key, depth)
            ? found(s, node, owner, stamp, key, wanted, target)
            : absent(owner, stamp);
      }
      if (type != NodeType.EDGE) {
        if (!owner.isValid(stamp)) {
          return restart(owner);
        }
        throw new IndexOutOfBoundsException("no node at " + (node - base) + " of blob " + blob);
      }
      blob = Edge.blob(s, node);
      entry = Edge.entry(s, node);
      LatchedFrame child = frames.latched(blob);
      long childStamp = child == null ? 0 : frames.stamp(child);
      // ORDER: the child's stamp, then the parent's validation: the edge was true at that moment.
      if (child == null || !owner.isValid(stamp)) {
        return restart(owner);
      }
      owner = child;
      stamp = childStamp;
    }
  }

  static Object restart(LatchedFrame owner) {
    owner.met();
    return RESTART;
  }

  static @Nullable Object absent(LatchedFrame owner, long stamp) {
    return owner.isValid(stamp) ? null : restart(owner);
  }

  /** A copy of the value of {@code leaf}, or {@link #RESTART}. */
  static Object value(MemorySegment s, long leaf, LatchedFrame owner, long stamp) {
    int length = Leaf.valueLength(s, leaf);
    long from = Leaf.value(s, leaf);
    if (!owner.isValid(stamp)) {
      return restart(owner);
    }
    byte[] value = EMPTY;
    if (length > 0) {
      value = new byte[length];
      MemorySegment.copy(s, ValueLayout.JAVA_BYTE, from, value, 0, length);
    }
    return owner.isValid(stamp) ? value : restart(owner);
  }

  static Object found(
      MemorySegment s,
      long leaf,
      LatchedFrame owner,
      long stamp,
      byte[] key,
      Wanted wanted,
      MemorySegment target) {
    if (wanted == Wanted.PRESENCE) {
      return owner.isValid(stamp) ? (Object) true : restart(owner);
    }
    if (wanted == Wanted.VALUE) {
      return value(s, leaf, owner, stamp);
    }
    long version = Leaf.version(s, leaf);
    if (wanted == Wanted.COPY) {
      int length = Leaf.valueLength(s, leaf);
      long from = Leaf.value(s, leaf);
      if (!owner.isValid(stamp)) {
        return restart(owner);
      }
      if (length <= target.byteSize()) {
        MemorySegment.copy(s, from, target, 0, length);
      }
      return owner.isValid(stamp) ? (Object) length : restart(owner);
    }
    Object value = value(s, leaf, owner, stamp);
    return value == RESTART ? RESTART : new Entry(key.clone(), (byte[]) value, version);
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

  /** As {@link #matchTree}, at any depth. */
  static int match(MemorySegment s, long at, int length, long treeId, byte[] key, int depth) {
    if (depth < 0) {
      return matchTree(s, at, length, treeId, key, depth);
    }
    if (length == 0) {
      return depth;
    }
    boolean same =
        Integer.compareUnsigned(length, key.length - depth) <= 0
            && KeyMatch.equal(s, at, key, depth, length);
    return same ? depth + length : MISMATCH;
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
