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
 * Copies consecutive entries of a range into a {@link Section}, in key order or against it.
 *
 * <p>One fill is one walk: down from the root along the section's bound, then through the open
 * nodes that this left on the stack, until the section is full, the range ends, or a blob is not in
 * memory. Nothing but the bound of the next section outlives the walk, so the caller may leave its
 * latch between two fills, and may repeat a fill that read frames while they changed.
 *
 * <p>Roll-up never looks below what it rolls up: as soon as the bytes of the path contain the
 * delimiter, everything below the path has that common prefix, and because no node and no edge is
 * ever without records, it can be reported without visiting them or loading their blobs.
 *
 * <p>INVARIANT: while the walk goes along the bound, the path is a proper prefix of the bound. The
 * bound begins with the range's prefix, so nodes above the end of that prefix are never opened:
 * their other children are outside of the range.
 *
 * <p>A node's value orders before its children. An ascending walk takes it when it opens the node,
 * and never for a node on the bound, whose key is smaller; a descending walk takes it when the
 * node's children are done, for nodes on the bound as for all others.
 */
public final class RangeWalker {
  static final int GO_ON = 0;
  static final int FULL = 1;
  static final int MISSING = 2;
  static final int STALE = 3;

  private RangeWalker() {}

  /**
   * Replaces the section's entries by the ones that follow its last fill, or its start, as they are
   * at one moment. Optimistic: holds nothing, and ends with {@link Section.End#STALE} if that
   * moment did not last; alone inside the gate it does.
   *
   * @throws IndexOutOfBoundsException when the frames did not hold a sound tree: as good as {@link
   *     Section.End#STALE}, but alone inside the gate damage. Another fill begins where this one
   *     did
   */
  public static void fill(Frames frames, RangeRequest request, Section section) {
    if (!section.begin()) {
      section.finish(request, Section.End.COMPLETE, 0);
      return;
    }
    long moves = frames.moves();
    WalkPath path = section.path;
    path.begin();
    int step = seek(frames, request, section);
    while (step == GO_ON && path.open > 0) {
      step = advance(frames, request, section);
    }
    if (step == STALE || !path.isValid() || frames.moves() != moves) {
      section.abandon();
      return;
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

  /** Walks down along the bound and takes or opens what lies at it and beyond it. */
  private static int seek(Frames frames, RangeRequest request, Section section) {
    WalkPath path = section.path;
    KeyBound bound = section.bound;
    int crossed = path.cross(frames, frames.rootBlob());
    if (crossed != GO_ON) {
      return crossed;
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
        return isWithin(request, path, bound, node + Leaf.SUFFIX, Leaf.suffixLengthIn(head))
            ? EntryCopy.leaf(request, section, node, head)
            : GO_ON;
      }
      if (type == NodeType.EDGE) {
        int entry = Edge.entry(segment, node);
        crossed = path.cross(frames, Edge.blob(segment, node));
        if (crossed != GO_ON) {
          return crossed;
        }
        ref = EntryTable.root(path.segment, path.base, entry);
        continue;
      }
      checkInner(type);
      int prefix = NodeHeader.prefixLength(segment, node);
      long prefixAt = NodeHeader.prefix(node, type);
      if (!path.agrees(bound, prefixAt, prefix)) {
        return isWithin(request, path, bound, prefixAt, prefix)
            ? enter(frames, request, section, ref)
            : GO_ON;
      }
      ref = descend(request, path, bound, node, type);
      if (ref == 0) {
        return GO_ON;
      }
    }
    if (!bound.coversBelow) {
      return GO_ON;
    }
    return EntryCopy.rollUp(request, section, path.length)
        ? section.full() ? FULL : GO_ON
        : enter(frames, request, section, ref);
  }

  /**
   * Goes through the inner node at {@code node}, whose prefix agrees with the bound and ends before
   * it, to the child on the bound; leaves the node open beyond that child if it is in the range.
   *
   * @return the child, 0 = there is none
   */
  private static int descend(
      RangeRequest request, WalkPath path, KeyBound bound, long node, int type) {
    MemorySegment segment = path.segment;
    path.follow(NodeHeader.prefixLength(segment, node));
    int key = bound.bytes[path.length] & 0xFF;
    if (path.length >= request.prefix.length) {
      path.push(
          node,
          request.descending
              ? ChildCursor.before(segment, node, type, key)
              : ChildCursor.behind(segment, node, type, key));
    }
    path.follow(1);
    return Children.find(segment, node, type, key);
  }

  /**
   * Whether keys that go on with {@code count} bytes at {@code from}, those of a leaf or of a node
   * that leaves the bound, are in the range and within the bound.
   */
  private static boolean isWithin(
      RangeRequest request, WalkPath path, KeyBound bound, long from, int count) {
    int same = path.same(bound, from, count);
    int at = path.length + same;
    if (at == bound.length) {
      return bound.coversBelow;
    }
    if (at < request.prefix.length) {
      return false;
    }
    if (same == count) {
      return request.descending; // the leaf of a key that the bound goes on behind
    }
    int order = Bytes.u8(path.segment, from + same) - (bound.bytes[at] & 0xFF);
    return request.descending ? order < 0 : order > 0;
  }

  /** Takes the remaining children of the innermost open node, up to one that is no leaf. */
  private static int advance(Frames frames, RangeRequest request, Section section) {
    WalkPath path = section.path;
    path.back();
    int top = path.open - 1;
    long node = path.nodes[top];
    int depth = path.depths[top];
    int position = path.cursors[top];
    MemorySegment segment = path.segment;
    int type = NodeHeader.type(segment, node);
    int end = ChildCursor.end(segment, node, type);
    boolean rolls = request.delimiter.length > 0;
    boolean descending = request.descending;
    for (; ; ) {
      long step =
          descending
              ? ChildCursor.previous(segment, node, type, position)
              : ChildCursor.next(segment, node, type, position, end);
      if (step < 0) {
        path.close(depth);
        return descending ? value(request, section, node) : GO_ON;
      }
      position = ChildCursor.position(step);
      path.endWith(depth, ChildCursor.key(step));
      int ref = ChildCursor.ref(step);
      if (rolls && EntryCopy.rollUp(request, section, 1)) {
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
      if (EntryCopy.leaf(request, section, child, head) == FULL) {
        return FULL;
      }
    }
  }

  /** Takes a leaf, or opens an inner node; all of it is in the range. */
  private static int enter(Frames frames, RangeRequest request, Section section, int ref) {
    WalkPath path = section.path;
    int at = ref;
    for (; ; ) {
      MemorySegment segment = path.segment;
      long node = path.node(at);
      int type = NodeHeader.type(segment, node);
      if (type == NodeType.LEAF) {
        return EntryCopy.leaf(request, section, node, Leaf.head(segment, node));
      }
      if (type != NodeType.EDGE) {
        return open(request, section, node, type);
      }
      int entry = Edge.entry(segment, node);
      int crossed = path.cross(frames, Edge.blob(segment, node));
      if (crossed != GO_ON) {
        return crossed;
      }
      at = EntryTable.root(path.segment, path.base, entry);
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
    if (EntryCopy.rollUp(request, section, prefix)) {
      return section.full() ? FULL : GO_ON;
    }
    if (request.descending) {
      path.push(node, ChildCursor.end(segment, node, type));
      return GO_ON;
    }
    path.push(node, 0);
    return value(request, section, node);
  }

  /** Takes the record whose key ends at the inner node {@code node}, as the path does. */
  private static int value(RangeRequest request, Section section, long node) {
    WalkPath path = section.path;
    int value = NodeHeader.value(path.segment, node);
    if (value == 0) {
      return GO_ON;
    }
    long leaf = path.node(value);
    return EntryCopy.leaf(request, section, leaf, Leaf.head(path.segment, leaf));
  }
}
