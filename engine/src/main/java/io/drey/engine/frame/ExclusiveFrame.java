package io.drey.engine.frame;

import io.drey.engine.layout.Bytes;
import io.drey.engine.layout.EntryTable;
import io.drey.engine.layout.FrameHeader;
import io.drey.engine.layout.FrameSize;
import io.drey.engine.layout.FreeNode;
import java.lang.foreign.MemorySegment;

/**
 * A frame that the holder alone may change, while it holds what excludes others. Only the port
 * hands it out. Space of a frame comes from the exact-size free lists, then from the bump cursor.
 */
public final class ExclusiveFrame {
  private final Frame frame;
  final MemorySegment segment;
  final long base;

  public ExclusiveFrame(Frame frame) {
    this.frame = frame;
    this.segment = frame.segment;
    this.base = frame.base;
  }

  public Frame frame() {
    return frame;
  }

  /** Makes this the empty image of {@code blob} with {@code entryCapacity} vacant rows. */
  public void format(long blob, int entryCapacity) {
    FrameHeader.format(segment, base, blob, entryCapacity);
  }

  /** Bytes behind the bump cursor. */
  public int bumpSpace() {
    return FrameSpace.bumpSpace(frame);
  }

  /** The offset of a new node of {@code size} bytes, content undefined; 0 = no room. */
  public int allocate(int size) {
    int list = FreeNode.list(size);
    if (list >= 0) {
      int ref = FrameHeader.freeList(segment, base, list);
      if (ref != 0) {
        FrameHeader.setFreeList(segment, base, list, FreeNode.next(segment, frame.node(ref)));
        addGap(-size);
        return ref << FrameSize.REF_SHIFT;
      }
    }
    int bump = FrameHeader.bump(segment, base);
    if (size > FrameSize.BYTES - bump) {
      return 0;
    }
    FrameHeader.setBump(segment, base, bump + size);
    return bump;
  }

  /** Gives back {@code size} bytes at {@code node}; a size of 0 is nothing. */
  public void release(int node, int size) {
    if (size == 0) {
      return;
    }
    addGap(size);
    int list = FreeNode.list(size);
    int next = 0;
    if (list >= 0) {
      next = FrameHeader.freeList(segment, base, list);
      FrameHeader.setFreeList(segment, base, list, node >>> FrameSize.REF_SHIFT);
    }
    FreeNode.set(segment, base + node, next, size);
  }

  /** Lets the reference at offset {@code link} of the frame name {@code node}, 0 = nothing. */
  public void setLink(int link, int node) {
    Bytes.setU16(segment, base + link, node >>> FrameSize.REF_SHIFT);
  }

  /** Adds to the record count of the frame and to the directory row of {@code entry}. */
  public void count(int entry, int records, long keyBytes, long valueBytes, int longest) {
    FrameHeader.setLeafCount(segment, base, FrameHeader.leafCount(segment, base) + records);
    EntryTable.setCounts(
        segment,
        base,
        entry,
        Math.max(longest, EntryTable.longest(segment, base, entry)),
        EntryTable.records(segment, base, entry) + records,
        EntryTable.keyBytes(segment, base, entry) + keyBytes,
        EntryTable.valueBytes(segment, base, entry) + valueBytes);
  }

  /** Adds to the edge count of the frame. */
  public void countEdges(int edges) {
    FrameHeader.setEdgeCount(segment, base, FrameHeader.edgeCount(segment, base) + edges);
  }

  private void addGap(int bytes) {
    FrameHeader.setGapBytes(segment, base, FrameHeader.gapBytes(segment, base) + bytes);
  }
}
