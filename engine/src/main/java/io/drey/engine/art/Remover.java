package io.drey.engine.art;

import io.drey.engine.frame.ExclusiveFrame;
import io.drey.engine.frame.Frame;
import io.drey.engine.frame.NodeEditor;
import io.drey.engine.frame.WritableFrames;
import io.drey.engine.layout.Bytes;
import io.drey.engine.layout.Children;
import io.drey.engine.layout.Edge;
import io.drey.engine.layout.EntryTable;
import io.drey.engine.layout.FrameHeader;
import io.drey.engine.layout.FrameSize;
import io.drey.engine.layout.Leaf;
import io.drey.engine.layout.NodeHeader;
import io.drey.engine.layout.NodeType;
import java.lang.foreign.MemorySegment;

/**
 * Takes one record out. Needs no room, so it cannot fail: what would need room (joining a node with
 * its only child) is done where there is some and otherwise left to the next rebuild.
 *
 * <p>Nodes that are left without content go with the record, across frames; a blob whose last entry
 * goes is freed. Frames that are freed or whose content stays are not made writable.
 */
public final class Remover {
  // A node shrinks well below the size at which it grew, so that one record that comes and goes
  // does not rewrite it each time.
  private static final int SHRINK_NODE16 = 3;
  private static final int SHRINK_NODE48 = 12;
  private static final int SHRINK_NODE256 = 36;

  private Remover() {}

  /**
   * Takes the latches of all blobs that {@link #delete} changes, and makes them writable.
   *
   * @return false if another change was met: walk again
   */
  public static boolean prepare(WritableFrames frames, Descent descent) {
    for (int level = descent.levels - 1; ; level--) {
      if (!descent.hold(frames, level)) {
        return false;
      }
      long blob = descent.blobs[level];
      Frame frame = resident(frames, blob);
      boolean stays = survivor(frame, descent, level) >= descent.firstNodes[level] || level == 0;
      if (!stays && !frames.restructure()) {
        return false;
      }
      if (stays || FrameHeader.entryCount(frame.segment, frame.base) > 1) {
        frames.writable(blob);
      }
      if (stays) {
        return true;
      }
    }
  }

  /**
   * Deletes the record that {@code descent} found; beside others after {@link #prepare}.
   *
   * @param key the physical key of the walk
   */
  public static void delete(WritableFrames frames, Descent descent, byte[] key) {
    if (descent.ending != Descent.Ending.AT_LEAF) {
      throw new IllegalStateException("no record was found");
    }
    int level = descent.levels - 1;
    while (!deleteAt(frames, descent, key, level)) {
      level--;
    }
  }

  /** Takes what the path passes in {@code level} out; false = the entry itself has to go. */
  private static boolean deleteAt(WritableFrames frames, Descent descent, byte[] key, int level) {
    long blob = descent.blobs[level];
    Frame frame = resident(frames, blob);
    int first = descent.firstNodes[level];
    int survivor = survivor(frame, descent, level);
    if (survivor >= first) {
      ExclusiveFrame writable = frames.writable(blob);
      releasePath(writable, descent, level, survivor + 1);
      count(writable, descent, key, level);
      detach(writable, descent, key, level, survivor);
      tidy(writable, descent.nodes[survivor], descent.links[survivor]);
      return true;
    }
    if (level == 0) {
      ExclusiveFrame writable = frames.writable(blob);
      releasePath(writable, descent, level, first);
      count(writable, descent, key, level);
      EntryTable.clear(writable.frame().segment, writable.frame().base, descent.entries[level]);
      return true;
    }
    if (FrameHeader.entryCount(frame.segment, frame.base) == 1) {
      frames.free(blob);
      return false;
    }
    ExclusiveFrame writable = frames.writable(blob);
    releasePath(writable, descent, level, first);
    count(writable, descent, key, level);
    vacate(writable.frame(), descent.entries[level]);
    return false;
  }

  /** The last node of a level that keeps some content; before the first one = none. */
  private static int survivor(Frame frame, Descent descent, int level) {
    int survivor = descent.nodesEnd(level) - 1;
    while (survivor >= descent.firstNodes[level] && contents(frame, descent.nodes[survivor]) == 1) {
      survivor--;
    }
    return survivor;
  }

  private static void vacate(Frame frame, int entry) {
    EntryTable.clear(frame.segment, frame.base, entry);
    int entries = FrameHeader.entryCount(frame.segment, frame.base);
    FrameHeader.setEntryCount(frame.segment, frame.base, entries - 1);
  }

  private static Frame resident(WritableFrames frames, long blob) {
    Frame frame = frames.resident(blob);
    if (frame == null) {
      throw new IllegalStateException("blob " + blob + " left memory");
    }
    return frame;
  }

  /** How many things hang at an inner node: its children, and its value. */
  private static int contents(Frame frame, int node) {
    long at = frame.base + node;
    return NodeHeader.count(frame.segment, at) + (NodeHeader.value(frame.segment, at) == 0 ? 0 : 1);
  }

  /** Releases the leaf or edge at the end of a level's path, and its nodes from {@code from} on. */
  private static void releasePath(ExclusiveFrame frame, Descent descent, int level, int from) {
    MemorySegment s = frame.frame().segment;
    long base = frame.frame().base;
    if (level == descent.levels - 1) {
      frame.release(descent.leaf, Leaf.size(s, base + descent.leaf));
    } else {
      frame.release(descent.edges[level + 1], Edge.SIZE);
      frame.countEdges(-1);
    }
    for (int i = from; i < descent.nodesEnd(level); i++) {
      int node = descent.nodes[i];
      int type = NodeHeader.type(s, base + node);
      frame.release(node, NodeHeader.size(type, NodeHeader.prefixLength(s, base + node)));
    }
  }

  /** Takes the record out of the directory row of the entry that held it. */
  private static void count(ExclusiveFrame frame, Descent descent, byte[] key, int level) {
    if (level == descent.levels - 1) {
      int relative = key.length - descent.entryDepths[level];
      frame.count(descent.entries[level], -1, -relative, -(long) descent.valueLength(), 0);
    }
  }

  /** Takes out of node {@code survivor} what the path passes below it. */
  private static void detach(
      ExclusiveFrame frame, Descent descent, byte[] key, int level, int survivor) {
    int node = descent.nodes[survivor];
    boolean last = level == descent.levels - 1 && survivor == descent.nodeCount - 1;
    if (last && descent.atValue()) {
      NodeEditor.setValue(frame, node, 0);
    } else {
      int prefix = NodeHeader.prefixLength(frame.frame().segment, frame.frame().base + node);
      NodeEditor.removeChild(frame, node, key[descent.depths[survivor] + prefix] & 0xFF);
    }
  }

  /** Gives a node that has lost something the shape that fits what is left, where room allows. */
  private static void tidy(ExclusiveFrame frame, int node, int link) {
    MemorySegment s = frame.frame().segment;
    long at = frame.frame().base + node;
    int type = NodeHeader.type(s, at);
    int count = NodeHeader.count(s, at);
    int shrinkAt =
        switch (type) {
          case NodeType.NODE16 -> SHRINK_NODE16;
          case NodeType.NODE48 -> SHRINK_NODE48;
          case NodeType.NODE256 -> SHRINK_NODE256;
          default -> -1;
        };
    if (count <= shrinkAt) {
      NodeEditor.shrink(frame, node, NodeHeader.typeFor(count));
    }
    if (count == 0) {
      joinLeaf(frame, node, link, NodeHeader.value(s, at) << FrameSize.REF_SHIFT, -1);
    } else if (count == 1 && NodeHeader.value(s, at) == 0) {
      int only = Children.atOrAfter(s, at, 0);
      int child = Children.ref(only) << FrameSize.REF_SHIFT;
      int childType = NodeHeader.type(s, frame.frame().base + child);
      if (childType == NodeType.LEAF) {
        joinLeaf(frame, node, link, child, Children.key(only));
      } else if (childType != NodeType.EDGE) {
        joinNode(frame, node, link, child, Children.key(only));
      }
    }
  }

  /** Joins a node with its only leaf; {@code key} is the leaf's byte, -1 = it is the value. */
  private static void joinLeaf(ExclusiveFrame frame, int node, int link, int leaf, int key) {
    MemorySegment s = frame.frame().segment;
    long base = frame.frame().base;
    int prefix = NodeHeader.prefixLength(s, base + node);
    int branch = key < 0 ? 0 : 1;
    int suffix = Leaf.suffixLength(s, base + leaf);
    int value = Leaf.valueLength(s, base + leaf);
    int joined = frame.allocate(Leaf.size(prefix + branch + suffix, value));
    if (joined == 0) {
      return;
    }
    long to = base + joined;
    Leaf.set(s, to, prefix + branch + suffix, value, Leaf.version(s, base + leaf));
    appendPrefix(s, base + node, to + Leaf.SUFFIX, key);
    MemorySegment.copy(
        s, base + leaf + Leaf.SUFFIX, s, to + Leaf.SUFFIX + prefix + branch, (long) suffix + value);
    frame.setLink(link, joined);
    frame.release(leaf, Leaf.size(suffix, value));
    releaseNode(frame, node);
  }

  /** Joins a node with its only child, an inner node that hangs under {@code key}. */
  private static void joinNode(ExclusiveFrame frame, int node, int link, int child, int key) {
    MemorySegment s = frame.frame().segment;
    long base = frame.frame().base;
    int type = NodeHeader.type(s, base + child);
    int prefix = NodeHeader.prefixLength(s, base + node);
    int rest = NodeHeader.prefixLength(s, base + child);
    int joined = frame.allocate(NodeHeader.size(type, prefix + 1 + rest));
    if (joined == 0) {
      return;
    }
    long to = base + joined;
    int branches = NodeHeader.prefixOffset(type);
    MemorySegment.copy(s, base + child, s, to, branches);
    NodeHeader.setPrefixLength(s, to, prefix + 1 + rest);
    appendPrefix(s, base + node, to + branches, key);
    MemorySegment.copy(s, base + child + branches, s, to + branches + prefix + 1, rest);
    frame.setLink(link, joined);
    releaseNode(frame, child);
    releaseNode(frame, node);
  }

  /** Writes a node's prefix, and behind it the branching byte unless it is -1, at {@code to}. */
  private static void appendPrefix(MemorySegment s, long node, long to, int key) {
    int length = NodeHeader.prefixLength(s, node);
    MemorySegment.copy(s, NodeHeader.prefix(node, NodeHeader.type(s, node)), s, to, length);
    if (key >= 0) {
      Bytes.setU8(s, to + length, key);
    }
  }

  private static void releaseNode(ExclusiveFrame frame, int node) {
    MemorySegment s = frame.frame().segment;
    long at = frame.frame().base + node;
    frame.release(node, NodeHeader.size(NodeHeader.type(s, at), NodeHeader.prefixLength(s, at)));
  }
}
