package io.drey.engine.art;

import io.drey.engine.frame.Frames;
import io.drey.engine.layout.Bytes;
import io.drey.engine.layout.Children;
import io.drey.engine.layout.Edge;
import io.drey.engine.layout.EntryTable;
import io.drey.engine.layout.Leaf;
import io.drey.engine.layout.NodeHeader;
import io.drey.engine.layout.NodeType;
import java.lang.foreign.MemorySegment;

/**
 * Copies consecutive entries of a range into a {@link Section}, in key order.
 *
 * <p>One fill is one walk: down from the root along the section's lower bound, then through the
 * open nodes that this left on the stack, until the section is full, the range ends, or a blob is
 * not in memory. Nothing but the bound of the next section outlives the walk, so the caller may
 * leave its latch between two fills, and may repeat a fill that read frames while they changed.
 *
 * <p>Roll-up never looks below what it rolls up: as soon as the bytes of the path contain the
 * delimiter, everything below the path has that common prefix, and because no node and no edge is
 * ever without records, it can be reported without visiting them or loading their blobs.
 *
 * <p>INVARIANT: while the walk goes along the bound, the path is a proper prefix of the bound. The
 * bound begins with the range's prefix, so nodes above the end of that prefix are never opened:
 * their other children are outside of the range.
 */
public final class RangeWalker {
  private static final int GO_ON = 0;
  private static final int FULL = 1;
  private static final int MISSING = 2;

  private RangeWalker() {}

  /**
   * Replaces the section's entries by the ones that follow its last fill, or its start.
   *
   * @throws IndexOutOfBoundsException when the frames do not hold a sound tree; under an optimistic
   *     latch that is a reason to repeat
   */
  public static void fill(Frames frames, RangeRequest request, Section section) {
    if (!section.begin()) {
      section.finish(request, Section.End.COMPLETE, 0);
      return;
    }
    WalkPath path = section.path;
    path.begin();
    int step = seek(frames, request, section);
    while (step == GO_ON && path.open > 0) {
      step = advance(frames, request, section);
    }
    section.finish(
        request,
        switch (step) {
          case FULL -> Section.End.FULL;
          case MISSING -> Section.End.MISSING;
          default -> Section.End.COMPLETE;
        },
        path.missing);
  }

  /** Walks down along the bound and takes or opens what lies at and behind it. */
  private static int seek(Frames frames, RangeRequest request, Section section) {
    WalkPath path = section.path;
    KeyBound bound = section.bound;
    if (!path.cross(frames, frames.rootBlob())) {
      return MISSING;
    }
    int ref = EntryTable.root(path.segment, path.base, 0);
    if (ref == 0) {
      return GO_ON;
    }
    path.layOut(bound);
    while (path.length < bound.length) {
      MemorySegment segment = path.segment;
      long node = path.node(ref);
      int type = NodeHeader.type(segment, node);
      if (type == NodeType.LEAF) {
        long head = Leaf.head(segment, node);
        return isBehind(request, path, bound, node + Leaf.SUFFIX, Leaf.suffixLengthIn(head))
            ? leaf(request, section, node, head)
            : GO_ON;
      }
      if (type == NodeType.EDGE) {
        if (!path.cross(frames, Edge.blob(segment, node))) {
          return MISSING;
        }
        ref = EntryTable.root(path.segment, path.base, Edge.entry(segment, node));
        continue;
      }
      checkInner(type);
      int prefix = NodeHeader.prefixLength(segment, node);
      long prefixAt = NodeHeader.prefix(node, type);
      if (!path.agrees(bound, prefixAt, prefix)) {
        return isBehind(request, path, bound, prefixAt, prefix)
            ? enter(frames, request, section, ref)
            : GO_ON;
      }
      ref = descend(request, path, bound, node, type);
      if (ref == 0) {
        return GO_ON;
      }
    }
    return rollUp(request, section, path.length)
        ? section.full() ? FULL : GO_ON
        : enter(frames, request, section, ref);
  }

  /**
   * Goes through the inner node at {@code node}, whose prefix agrees with the bound and ends before
   * it, to the child on the bound; leaves the node open behind that child if it is in the range.
   *
   * @return the child, 0 = there is none
   */
  private static int descend(
      RangeRequest request, WalkPath path, KeyBound bound, long node, int type) {
    MemorySegment segment = path.segment;
    path.follow(NodeHeader.prefixLength(segment, node));
    int key = bound.bytes[path.length] & 0xFF;
    if (path.length >= request.prefix.length) {
      path.push(node, ChildCursor.behind(segment, node, type, key));
    }
    path.follow(1);
    return Children.find(segment, node, type, key);
  }

  /**
   * Whether keys that go on with {@code count} bytes at {@code from} are in the range and not below
   * the bound.
   */
  private static boolean isBehind(
      RangeRequest request, WalkPath path, KeyBound bound, long from, int count) {
    int same = path.same(bound, from, count);
    int at = path.length + same;
    if (at == bound.length) {
      return true;
    }
    return same < count
        && at >= request.prefix.length
        && Bytes.u8(path.segment, from + same) > (bound.bytes[at] & 0xFF);
  }

  /** Takes the remaining children of the innermost open node, up to one that is no leaf. */
  private static int advance(Frames frames, RangeRequest request, Section section) {
    WalkPath path = section.path;
    path.backTo(frames);
    int top = path.open - 1;
    long node = path.nodes[top];
    int depth = path.depths[top];
    int position = path.cursors[top];
    MemorySegment segment = path.segment;
    int type = NodeHeader.type(segment, node);
    int end = ChildCursor.end(segment, node, type);
    boolean rolls = request.delimiter.length > 0;
    for (; ; ) {
      long step = ChildCursor.next(segment, node, type, position, end);
      if (step < 0) {
        path.open = top;
        return GO_ON;
      }
      position = ChildCursor.position(step);
      path.endWith(depth, ChildCursor.key(step));
      int ref = ChildCursor.ref(step);
      if (rolls && rollUp(request, section, 1)) {
        if (section.full()) {
          return FULL;
        }
        continue;
      }
      long child = path.node(ref);
      long head = Leaf.head(segment, child);
      if (Leaf.typeIn(head) != NodeType.LEAF) {
        path.cursors[top] = position;
        return enter(frames, request, section, ref);
      }
      if (leaf(request, section, child, head) == FULL) {
        return FULL;
      }
    }
  }

  /** Takes a leaf, or opens an inner node after taking its value; all of it is in the range. */
  private static int enter(Frames frames, RangeRequest request, Section section, int ref) {
    WalkPath path = section.path;
    int at = ref;
    for (; ; ) {
      MemorySegment segment = path.segment;
      long node = path.node(at);
      int type = NodeHeader.type(segment, node);
      if (type == NodeType.LEAF) {
        return leaf(request, section, node, Leaf.head(segment, node));
      }
      if (type != NodeType.EDGE) {
        return open(request, section, node, type);
      }
      if (!path.cross(frames, Edge.blob(segment, node))) {
        return MISSING;
      }
      at = EntryTable.root(path.segment, path.base, Edge.entry(segment, node));
    }
  }

  private static void checkInner(int type) {
    if (!NodeType.isInner(type)) {
      throw new IndexOutOfBoundsException("no node of type " + type);
    }
  }

  private static int open(RangeRequest request, Section section, long node, int type) {
    checkInner(type);
    WalkPath path = section.path;
    MemorySegment segment = path.segment;
    int prefix = NodeHeader.prefixLength(segment, node);
    path.append(NodeHeader.prefix(node, type), prefix);
    if (rollUp(request, section, prefix)) {
      return section.full() ? FULL : GO_ON;
    }
    path.push(node, 0);
    int value = NodeHeader.value(segment, node);
    if (value == 0) {
      return GO_ON;
    }
    long leaf = path.node(value);
    return leaf(request, section, leaf, Leaf.head(segment, leaf));
  }

  /**
   * Adds the common prefix of everything below the path, of which the last {@code fresh} bytes were
   * not looked at before; false when the path contains no delimiter behind the prefix.
   */
  private static boolean rollUp(RangeRequest request, Section section, int fresh) {
    byte[] delimiter = request.delimiter;
    if (delimiter.length == 0) {
      return false;
    }
    WalkPath path = section.path;
    int from = Math.max(request.prefix.length, path.length - fresh - delimiter.length + 1);
    int end = ByteSearch.end(path.bytes, from, path.length, delimiter);
    if (end < 0) {
      return false;
    }
    int length = end - request.treeBytes;
    int at = section.room(length);
    System.arraycopy(path.bytes, request.treeBytes, section.buffer(), at, length);
    section.add(length, Section.COMMON_PREFIX, 0);
    return true;
  }

  /** Adds the record at {@code leaf}, or the common prefix that its suffix completes. */
  private static int leaf(RangeRequest request, Section section, long leaf, long head) {
    WalkPath path = section.path;
    MemorySegment segment = path.segment;
    int suffix = Leaf.suffixLengthIn(head);
    int value = request.values ? Leaf.valueLengthIn(head) : 0;
    path.checkRoom(suffix);
    // A tree of one record has it at the root, and the tree's own bytes are in the suffix then.
    int above = Math.max(0, path.length - request.treeBytes);
    int skip = Math.max(0, request.treeBytes - path.length);
    int keyLength = above + suffix - skip;
    int at = section.room(keyLength + value);
    byte[] target = section.buffer();
    System.arraycopy(path.bytes, path.length - above, target, at, above);
    path.copy(leaf + Leaf.SUFFIX + skip, target, at + above, suffix - skip + value);
    if (request.delimiter.length > 0) {
      int searchFrom =
          Math.max(request.prefix.length - request.treeBytes, above - request.delimiter.length + 1);
      int end = ByteSearch.end(target, at + searchFrom, at + keyLength, request.delimiter);
      if (end >= 0) {
        section.add(end - at, Section.COMMON_PREFIX, 0);
        return section.full() ? FULL : GO_ON;
      }
    }
    section.add(keyLength, value, Leaf.version(segment, leaf));
    return section.full() ? FULL : GO_ON;
  }
}
