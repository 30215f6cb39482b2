package io.drey.engine.art;

import io.drey.engine.frame.ExclusiveFrame;
import io.drey.engine.frame.Frame;
import io.drey.engine.frame.FrameSpace;
import io.drey.engine.frame.NodeEditor;
import io.drey.engine.frame.WritableFrames;
import io.drey.engine.layout.Bytes;
import io.drey.engine.layout.Edge;
import io.drey.engine.layout.EntryTable;
import io.drey.engine.layout.FrameHeader;
import io.drey.engine.layout.Leaf;
import io.drey.engine.layout.NodeHeader;
import io.drey.engine.layout.NodeType;

/**
 * Writes one record: first room is made, which changes no content and may rebuild and split frames,
 * then the record goes in, which touches one frame and cannot fail.
 */
public final class Inserter {
  private Inserter() {}

  /**
   * Writes {@code key} and {@code value}; {@link #ensureRoom} and {@link #apply} in one, for a
   * change that is alone.
   *
   * @param descent a walk to {@code key} that met no missing blob
   * @param key the physical key
   */
  public static void put(
      WritableFrames frames, Descent descent, byte[] key, byte[] value, long version) {
    if (!ensureRoom(frames, descent, key, value.length)) {
      throw new IllegalStateException("the tree changed under a change that is alone");
    }
    apply(frames, descent, key, value, version);
  }

  /**
   * Makes room for the record and its frame writable, so that {@link #apply} with the same key and
   * a value of the same length cannot fail. Content-neutral. Touches resident frames only, and
   * creates at most a handful of blobs. The descent is true afterwards, and held where it ends.
   *
   * @return false if another change was met: walk again, and make room again
   */
  public static boolean ensureRoom(
      WritableFrames frames, Descent descent, byte[] key, int valueLength) {
    descent.aside = false;
    if (!descent.hold(frames)) {
      return false;
    }
    while (!hasRoom(descent, key, valueLength)) {
      if (!frames.restructure()
          || (descent.levels > 1 && !descent.hold(frames, descent.levels - 2))) {
        return false;
      }
      RoomMaker.makeRoom(frames, descent, key, need(descent, key, valueLength));
      boolean aside = descent.aside;
      Descent.Outcome outcome = descent.walk(frames, key);
      if (outcome == Descent.Outcome.MISSING
          || outcome == Descent.Outcome.STALE
          || !descent.hold(frames)) {
        return false;
      }
      descent.aside = aside;
    }
    frames.writable(descent.blob());
    return true;
  }

  private static boolean hasRoom(Descent descent, byte[] key, int valueLength) {
    Frame frame = descent.frame;
    if (overwrites(frame, descent, valueLength)) {
      return true;
    }
    return FrameSpace.fits(frame, leafNeed(descent, key, valueLength), nodeNeed(frame, descent));
  }

  private static int need(Descent descent, byte[] key, int valueLength) {
    return leafNeed(descent, key, valueLength) + nodeNeed(descent.frame, descent);
  }

  /** Whether the new value takes the old one's place. */
  private static boolean overwrites(Frame frame, Descent descent, int valueLength) {
    if (descent.ending != Descent.Ending.AT_LEAF) {
      return false;
    }
    long leaf = frame.base + descent.leaf;
    int suffix = Leaf.suffixLength(frame.segment, leaf);
    return Leaf.size(suffix, valueLength) == Leaf.size(frame.segment, leaf);
  }

  /** Bytes of the new leaf, or of the edge that stands for it. */
  private static int leafNeed(Descent descent, byte[] key, int valueLength) {
    if (standsAside(descent, key)) {
      return descent.ending == Descent.Ending.AT_LEAF ? 0 : Edge.SIZE;
    }
    return Leaf.size(key.length - newLeafDepth(descent, key), valueLength);
  }

  /** Bytes of a new inner node, 0 = none is needed. */
  private static int nodeNeed(Frame frame, Descent descent) {
    return switch (descent.ending) {
      case IN_LEAF, IN_PREFIX -> NodeHeader.size(NodeType.NODE4, descent.matched);
      case NO_CHILD -> {
        long node = frame.base + descent.lastNode();
        int type = NodeHeader.type(frame.segment, node);
        yield NodeHeader.count(frame.segment, node) < NodeHeader.capacity(type)
            ? 0
            : NodeHeader.size(type + 1, NodeHeader.prefixLength(frame.segment, node));
      }
      default -> 0;
    };
  }

  /** Bytes of the key before the suffix of the new leaf. */
  private static int newLeafDepth(Descent descent, byte[] key) {
    return switch (descent.ending) {
      case NO_ROOT -> descent.entryDepth();
      case AT_LEAF -> descent.leafDepth;
      case IN_LEAF -> Math.min(key.length, descent.leafDepth + descent.matched + 1);
      case IN_PREFIX ->
          Math.min(key.length, descent.depths[descent.nodeCount - 1] + descent.matched + 1);
      case NO_CHILD -> nodeEnd(descent) + 1;
      case NO_VALUE -> key.length;
      case NO_BLOB -> throw new IllegalStateException("the walk met a missing blob");
    };
  }

  /** Bytes of the key before the child byte of the last node. */
  private static int nodeEnd(Descent descent) {
    return descent.depths[descent.nodeCount - 1] + descent.matched;
  }

  /** Whether the new leaf goes into a blob of its own: a child only, never a value or a root. */
  static boolean standsAside(Descent descent, byte[] key) {
    return descent.aside
        && switch (descent.ending) {
          case AT_LEAF -> !descent.atValue() && descent.nodeCount > descent.firstNode();
          case IN_LEAF -> descent.leafDepth + descent.matched < key.length;
          case IN_PREFIX -> descent.depths[descent.nodeCount - 1] + descent.matched < key.length;
          case NO_CHILD -> true;
          default -> false;
        };
  }

  /**
   * Writes the record. Room must be there.
   *
   * @param descent the walk to {@code key} as {@link #ensureRoom} left it
   */
  public static void apply(
      WritableFrames frames, Descent descent, byte[] key, byte[] value, long version) {
    ExclusiveFrame frame = frames.writable(descent.blob());
    if (overwrites(frame.frame(), descent, value.length)) {
      frame.count(descent.entry(), 0, 0, value.length - (long) descent.valueLength(), 0);
      NodeEditor.overwriteLeaf(frame, descent.leaf, value, version);
      return;
    }
    if (standsAside(descent, key)) {
      applyAside(frames, frame, descent, key, value, version);
      return;
    }
    int from = newLeafDepth(descent, key);
    int leaf = allocate(frame, Leaf.size(key.length - from, value.length));
    NodeEditor.writeLeaf(frame, leaf, key, from, value, version);
    if (descent.ending == Descent.Ending.AT_LEAF) {
      int oldSize = Leaf.size(frame.frame().segment, frame.frame().base + descent.leaf);
      frame.setLink(descent.leafLink, leaf);
      frame.release(descent.leaf, oldSize);
      frame.count(descent.entry(), 0, 0, value.length - (long) descent.valueLength(), 0);
    } else {
      int relative = key.length - descent.entryDepth();
      frame.count(descent.entry(), 1, relative, value.length, relative);
      hang(frame, descent, key, leaf);
    }
  }

  /** Writes the record into a blob of its own, to which an edge leads. */
  private static void applyAside(
      WritableFrames frames,
      ExclusiveFrame frame,
      Descent descent,
      byte[] key,
      byte[] value,
      long version) {
    long blob = aside(frames, descent, key, value, version);
    if (descent.ending == Descent.Ending.AT_LEAF) {
      int oldSize = Leaf.size(frame.frame().segment, frame.frame().base + descent.leaf);
      int relative = key.length - descent.entryDepth();
      frame.count(descent.entry(), -1, -relative, -(long) descent.valueLength(), 0);
      NodeEditor.writeEdge(frame, descent.leaf, blob, 0);
      frame.release(descent.leaf + Edge.SIZE, oldSize - Edge.SIZE);
    } else {
      int edge = allocate(frame, Edge.SIZE);
      NodeEditor.writeEdge(frame, edge, blob, 0);
      hang(frame, descent, key, edge);
    }
    frame.countEdges(1);
  }

  /** Links a new leaf, or an edge to it, where the walk ended. */
  private static void hang(ExclusiveFrame frame, Descent descent, byte[] key, int leaf) {
    switch (descent.ending) {
      case NO_ROOT -> frame.setLink(EntryTable.row(descent.entry()) + EntryTable.ROOT, leaf);
      case IN_LEAF -> branchLeaf(frame, descent, key, leaf);
      case IN_PREFIX -> branchNode(frame, descent, key, leaf);
      case NO_CHILD -> addChild(frame, descent, key[nodeEnd(descent)] & 0xFF, leaf);
      case NO_VALUE -> NodeEditor.setValue(frame, descent.lastNode(), leaf);
      default -> throw new IllegalStateException("nothing to hang at " + descent.ending);
    }
  }

  /** A Node4 takes the place of a leaf; the leaf keeps what remains of its suffix. */
  private static void branchLeaf(ExclusiveFrame frame, Descent descent, byte[] key, int leaf) {
    Frame place = frame.frame();
    int old = descent.leaf;
    int matched = descent.matched;
    int node = newNode4(frame, key, descent.leafDepth, matched);
    frame.setLink(descent.leafLink, node);
    long oldAt = place.base + old;
    if (Leaf.suffixLength(place.segment, oldAt) == matched) {
      NodeEditor.shortenSuffix(frame, old, matched);
      NodeEditor.setValue(frame, node, old);
    } else {
      int next = Bytes.u8(place.segment, oldAt + Leaf.SUFFIX + matched);
      NodeEditor.shortenSuffix(frame, old, matched + 1);
      NodeEditor.addChild(frame, node, next, old);
    }
    hangIn(frame, node, key, descent.leafDepth + matched, leaf);
  }

  /** A Node4 takes the place of an inner node, which keeps what remains of its prefix. */
  private static void branchNode(ExclusiveFrame frame, Descent descent, byte[] key, int leaf) {
    Frame place = frame.frame();
    int old = descent.lastNode();
    int depth = descent.depths[descent.nodeCount - 1];
    int matched = descent.matched;
    int node = newNode4(frame, key, depth, matched);
    frame.setLink(descent.links[descent.nodeCount - 1], node);
    long oldAt = place.base + old;
    int type = NodeHeader.type(place.segment, oldAt);
    int next = Bytes.u8(place.segment, NodeHeader.prefix(oldAt, type) + matched);
    NodeEditor.shortenPrefix(frame, old, matched + 1);
    NodeEditor.addChild(frame, node, next, old);
    hangIn(frame, node, key, depth + matched, leaf);
  }

  private static int newNode4(ExclusiveFrame frame, byte[] key, int from, int length) {
    int node = allocate(frame, NodeHeader.size(NodeType.NODE4, length));
    NodeEditor.writeNode4(frame, node, key, from, length);
    return node;
  }

  private static void hangIn(ExclusiveFrame frame, int node, byte[] key, int depth, int leaf) {
    if (depth == key.length) {
      NodeEditor.setValue(frame, node, leaf);
    } else {
      NodeEditor.addChild(frame, node, key[depth] & 0xFF, leaf);
    }
  }

  private static void addChild(ExclusiveFrame frame, Descent descent, int next, int leaf) {
    Frame place = frame.frame();
    int node = descent.lastNode();
    int type = NodeHeader.type(place.segment, place.base + node);
    int length = NodeHeader.prefixLength(place.segment, place.base + node);
    if (NodeHeader.count(place.segment, place.base + node) == NodeHeader.capacity(type)) {
      int grown = allocate(frame, NodeHeader.size(type + 1, length));
      NodeEditor.retype(frame, node, grown, type + 1);
      frame.setLink(descent.links[descent.nodeCount - 1], grown);
      frame.release(node, NodeHeader.size(type, length));
      node = grown;
    }
    NodeEditor.addChild(frame, node, next, leaf);
  }

  /** Puts the record into a fresh blob; returns the blob's id. */
  private static long aside(
      WritableFrames frames, Descent descent, byte[] key, byte[] value, long version) {
    int from = newLeafDepth(descent, key);
    ExclusiveFrame fresh = frames.create(1);
    int leaf = allocate(fresh, Leaf.size(key.length - from, value.length));
    NodeEditor.writeLeaf(fresh, leaf, key, from, value, version);
    Frame place = fresh.frame();
    fresh.setLink(EntryTable.row(0) + EntryTable.ROOT, leaf);
    fresh.count(0, 1, key.length - (long) from, value.length, key.length - from);
    FrameHeader.setEntryCount(place.segment, place.base, 1);
    return FrameHeader.blob(place.segment, place.base);
  }

  private static int allocate(ExclusiveFrame frame, int size) {
    int node = frame.allocate(size);
    if (node == 0) {
      throw new IllegalStateException("no room for " + size + " bytes was made");
    }
    return node;
  }
}
