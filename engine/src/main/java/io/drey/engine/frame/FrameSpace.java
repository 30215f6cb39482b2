package io.drey.engine.frame;

import io.drey.engine.layout.EntryTable;
import io.drey.engine.layout.FrameHeader;
import io.drey.engine.layout.FrameSize;
import io.drey.engine.layout.FreeNode;
import java.lang.foreign.MemorySegment;

/** What room a frame has, for those who only look. */
public final class FrameSpace {
  private FrameSpace() {}

  /** Bytes behind the bump cursor. */
  public static int bumpSpace(Frame frame) {
    return FrameSize.BYTES - FrameHeader.bump(frame.segment, frame.base);
  }

  /** Bytes that header, entry table and reachable nodes take. */
  public static int usedBytes(Frame frame) {
    return FrameHeader.bump(frame.segment, frame.base)
        - FrameHeader.gapBytes(frame.segment, frame.base);
  }

  /** The share of the frame that is used, gaps not counted: 0 to 1. */
  public static float fill(Frame frame) {
    return (float) usedBytes(frame) / FrameSize.BYTES;
  }

  /** Bytes that reachable nodes take. */
  public static int nodeBytes(Frame frame) {
    return usedBytes(frame) - EntryTable.end(FrameHeader.entryCapacity(frame.segment, frame.base));
  }

  /** Whether two nodes of these sizes (multiples of 8, 0 = none) can be allocated now. */
  public static boolean fits(Frame frame, int first, int second) {
    int bumped = 0;
    if (first > 0 && !listed(frame, first, 1)) {
      bumped = first;
    }
    if (second > 0 && !listed(frame, second, first == second && bumped == 0 ? 2 : 1)) {
      bumped += second;
    }
    return bumped <= bumpSpace(frame);
  }

  private static boolean listed(Frame frame, int size, int nodes) {
    int list = FreeNode.list(size);
    if (list < 0) {
      return false;
    }
    MemorySegment s = frame.segment;
    int ref = FrameHeader.freeList(s, frame.base, list);
    for (int i = 1; i < nodes && ref != 0; i++) {
      ref = FreeNode.next(s, frame.node(ref));
    }
    return ref != 0;
  }
}
