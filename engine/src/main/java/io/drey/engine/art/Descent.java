package io.drey.engine.art;

import io.drey.engine.frame.Frame;
import io.drey.engine.frame.Frames;
import io.drey.engine.frame.LatchedFrame;
import io.drey.engine.frame.WritableFrames;
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
import java.util.Arrays;

/**
 * The path from the root to where a physical key is or would be. Reusable, of one writer. Names
 * nodes by offset in their frame, so it outlives a copy of a frame.
 *
 * <p>The walk is optimistic: each level has the stamp of its blob. At each edge the child's stamp
 * is taken and then the parent's validated, so the path is true if the last level's stamp still
 * {@link #isValid holds}, and stays so while its latch is {@link #hold held} at that stamp. Who is
 * alone inside the gate need not ask.
 *
 * <p>A <em>level</em> is one (blob, entry) on the path; each level has the inner nodes passed in
 * it, and each node the <em>link</em>, the offset in the frame of the reference that names it.
 */
public final class Descent {
  /** What a walk came to. */
  public enum Outcome {
    /** The record is there. */
    FOUND,
    /** There is no such record. */
    ABSENT,
    /** The walk needs {@link Descent#missingBlob()}, which is not in memory. */
    MISSING,
    /** Something on the way is being changed, or was meanwhile: walk again. */
    STALE
  }

  /** Where exactly a walk ended, for those who change the tree. */
  enum Ending {
    /** The tree is empty. */
    NO_ROOT,
    /** At the record. */
    AT_LEAF,
    /** At another record's leaf, {@code matched} bytes of whose suffix agree. */
    IN_LEAF,
    /** In the last node's prefix, {@code matched} bytes of which agree. */
    IN_PREFIX,
    /** At the last node, which has no child for the key's next byte. */
    NO_CHILD,
    /** At the last node, where the key ends and which has no value. */
    NO_VALUE,
    /** Before a blob that is not in memory. */
    NO_BLOB
  }

  private static final int INITIAL = 32;
  private static final Frame NOWHERE = new Frame(MemorySegment.NULL, 0, -1);

  int levels;
  long[] blobs = new long[INITIAL];
  int[] entries = new int[INITIAL];
  int[] entryDepths = new int[INITIAL];
  int[] firstNodes = new int[INITIAL];

  /** Per level: the edge that leads to it, an offset in the frame of the level above. */
  int[] edges = new int[INITIAL];

  /** Per level: the latch of its blob, and the stamp under which it was read. */
  private LatchedFrame[] latches = new LatchedFrame[INITIAL];

  private long[] stamps = new long[INITIAL];

  int nodeCount;
  int[] nodes = new int[INITIAL];
  int[] links = new int[INITIAL];

  /** Per node: bytes of the key consumed before its prefix. */
  int[] depths = new int[INITIAL];

  Ending ending = Ending.NO_ROOT;
  long missing;
  int missingEntry;
  int missingDepth;

  /** The frame in which the walk ended, as it was then. */
  Frame frame = NOWHERE;

  /** The leaf of AT_LEAF and IN_LEAF, the link that names it, and the depth of its suffix. */
  int leaf;

  int leafLink;
  int leafDepth;
  int matched;

  /** The new leaf goes into a blob of its own: the last resort of making room. */
  boolean aside;

  private long version;
  private int valueLength;

  /**
   * Walks to {@code key}.
   *
   * @throws IndexOutOfBoundsException if a frame that did not change makes no sense: it is damaged
   */
  public Outcome walk(Frames frames, byte[] key) {
    try {
      return tryWalk(frames, key);
    } catch (IndexOutOfBoundsException e) {
      if (levels > 0 && !isValid()) {
        return Outcome.STALE;
      }
      throw e;
    }
  }

  private Outcome tryWalk(Frames frames, byte[] key) {
    levels = 0;
    nodeCount = 0;
    long blob = frames.rootBlob();
    int entry = 0;
    int depth = 0;
    int edge = 0;
    while (true) {
      LatchedFrame latch = frames.latched(blob);
      long stamp = latch == null ? 0 : frames.stamp(latch);
      // ORDER: the child's stamp, then the parent's validation: the edge was true at that moment.
      if (levels > 0 && !isValid()) {
        return Outcome.STALE;
      }
      if (latch == null) {
        throw Frames.noBlob(blob);
      }
      if (FrameLatch.isHeld(stamp) && !frames.isMine(latch)) {
        latch.met();
        return Outcome.STALE;
      }
      Frame place = latch.frame();
      if (place == null) {
        missing = blob;
        missingEntry = entry;
        missingDepth = depth;
        ending = Ending.NO_BLOB;
        return latch.isValid(stamp) ? Outcome.MISSING : Outcome.STALE;
      }
      frame = place;
      pushLevel(blob, entry, depth, edge, latch, stamp);
      edge = walkFrame(frame, EntryTable.row(entry) + EntryTable.ROOT, key, depth);
      if (edge == 0) {
        return ending == Ending.AT_LEAF ? Outcome.FOUND : Outcome.ABSENT;
      }
      depth = edgeDepth;
      blob = Edge.blob(place.segment, place.base + edge);
      entry = Edge.entry(place.segment, place.base + edge);
    }
  }

  private int edgeDepth;

  /** Walks on in one frame; the edge that leaves it, 0 = the walk has ended. */
  private int walkFrame(Frame frame, int rootLink, byte[] key, int startDepth) {
    MemorySegment s = frame.segment;
    long base = frame.base;
    int depth = startDepth;
    int link = rootLink;
    int node = link(s, base, link);
    if (node == 0) {
      return end(Ending.NO_ROOT);
    }
    while (true) {
      int type = NodeHeader.type(s, base + node);
      if (type == NodeType.LEAF) {
        return endAtLeaf(s, base, node, link, key, depth);
      }
      if (type == NodeType.EDGE) {
        edgeDepth = depth;
        return node;
      }
      if (!NodeType.isInner(type)) {
        throw new IndexOutOfBoundsException("no node at " + node + " of blob " + blob());
      }
      pushNode(node, link, depth);
      int prefix = NodeHeader.prefixLength(s, base + node);
      if (prefix > 0) {
        int common = Math.min(prefix, key.length - depth);
        matched = KeyMatch.mismatch(s, NodeHeader.prefix(base + node, type), key, depth, common);
        if (matched < prefix) {
          return end(Ending.IN_PREFIX);
        }
        depth += prefix;
      } else {
        matched = 0;
      }
      if (depth == key.length) {
        int value = NodeHeader.value(s, base + node) << FrameSize.REF_SHIFT;
        return value == 0
            ? end(Ending.NO_VALUE)
            : endAtLeaf(s, base, value, node + NodeHeader.VALUE, key, depth);
      }
      long childLink = Children.link(s, base + node, type, key[depth] & 0xFF);
      if (childLink < 0) {
        return end(Ending.NO_CHILD);
      }
      depth++;
      link = (int) (childLink - base);
      node = link(s, base, link);
    }
  }

  private int endAtLeaf(MemorySegment s, long base, int node, int link, byte[] key, int depth) {
    leaf = node;
    leafLink = link;
    leafDepth = depth;
    int suffix = Leaf.suffixLength(s, base + node);
    int common = Math.min(suffix, key.length - depth);
    matched = KeyMatch.mismatch(s, base + node + Leaf.SUFFIX, key, depth, common);
    if (matched < suffix || matched < key.length - depth) {
      return end(Ending.IN_LEAF);
    }
    version = Leaf.version(s, base + node);
    valueLength = Leaf.valueLength(s, base + node);
    return end(Ending.AT_LEAF);
  }

  private int end(Ending reached) {
    ending = reached;
    return 0;
  }

  /** The blob that the walk needs; of outcome MISSING. */
  public long missingBlob() {
    return missing;
  }

  /** The record's version; of outcome FOUND. */
  public long version() {
    return version;
  }

  /** Bytes of the record's value; of outcome FOUND. */
  public int valueLength() {
    return valueLength;
  }

  /** The frame that the record's leaf is in; of outcome FOUND. */
  public Frame frame() {
    return frame;
  }

  /** Whether what the walk has found was true at one moment: now. */
  public boolean isValid() {
    LatchedFrame latch = latches[levels - 1];
    boolean valid = latch.isValid(stamps[levels - 1]);
    if (!valid) {
      latch.met();
    }
    return valid;
  }

  /** Adds the levels of the walk to {@code crossings}; the number of the last one. */
  int cross(Crossings crossings) {
    int last = -1;
    for (int level = 0; level < levels; level++) {
      last = crossings.add(latches[level], stamps[level]);
    }
    return last;
  }

  /**
   * Takes the latch of the blob of {@code level} if it is what the walk saw; false = walk again.
   */
  boolean hold(WritableFrames frames, int level) {
    return frames.hold(latches[level], stamps[level]);
  }

  /** Takes the latch of the blob in which the walk ended, to change it, if it is what was seen. */
  public boolean hold(WritableFrames frames) {
    return frames.holdToChange(latches[levels - 1], stamps[levels - 1]);
  }

  /** The offset of the record's leaf in its frame; of outcome FOUND. */
  public int leaf() {
    return leaf;
  }

  /** The blob in which the walk ended. */
  public long blob() {
    return blobs[levels - 1];
  }

  /** The entry in which the walk ended. */
  int entry() {
    return entries[levels - 1];
  }

  /** Bytes of the key before the entry in which the walk ended. */
  int entryDepth() {
    return entryDepths[levels - 1];
  }

  /** The first node of the last level. */
  int firstNode() {
    return firstNodes[levels - 1];
  }

  /** The end of the nodes of the last level that the walk left through a local child. */
  int pathEnd() {
    return ending == Ending.IN_LEAF || ending == Ending.AT_LEAF ? nodeCount : nodeCount - 1;
  }

  /** The end of the nodes of {@code level}. */
  int nodesEnd(int level) {
    return level == levels - 1 ? nodeCount : firstNodes[level + 1];
  }

  /** The last inner node passed. */
  int lastNode() {
    return nodes[nodeCount - 1];
  }

  /** Whether the leaf is the value of an inner node, not a child. */
  boolean atValue() {
    return nodeCount > firstNodes[levels - 1] && leafLink == lastNode() + NodeHeader.VALUE;
  }

  static int link(MemorySegment s, long base, int link) {
    return Bytes.u16(s, base + link) << FrameSize.REF_SHIFT;
  }

  private void pushLevel(
      long blob, int entry, int depth, int edge, LatchedFrame latch, long stamp) {
    if (levels == blobs.length) {
      int length = 2 * levels;
      blobs = Arrays.copyOf(blobs, length);
      entries = Arrays.copyOf(entries, length);
      entryDepths = Arrays.copyOf(entryDepths, length);
      firstNodes = Arrays.copyOf(firstNodes, length);
      edges = Arrays.copyOf(edges, length);
      latches = Arrays.copyOf(latches, length);
      stamps = Arrays.copyOf(stamps, length);
    }
    blobs[levels] = blob;
    entries[levels] = entry;
    entryDepths[levels] = depth;
    firstNodes[levels] = nodeCount;
    edges[levels] = edge;
    latches[levels] = latch;
    stamps[levels] = stamp;
    levels++;
  }

  private void pushNode(int node, int link, int depth) {
    if (nodeCount == nodes.length) {
      int length = 2 * nodeCount;
      nodes = Arrays.copyOf(nodes, length);
      links = Arrays.copyOf(links, length);
      depths = Arrays.copyOf(depths, length);
    }
    nodes[nodeCount] = node;
    links[nodeCount] = link;
    depths[nodeCount] = depth;
    nodeCount++;
  }
}
