package io.drey.engine.frame;

import io.drey.engine.layout.EntryTable;
import io.drey.engine.layout.FrameHeader;
import io.drey.engine.layout.FrameSize;
import java.lang.foreign.MemorySegment;

/**
 * Rewrites a frame packed, where it stands, by way of a scratch frame. Content, blob, entry numbers
 * and the identity of the image stay; offsets of nodes change.
 */
public final class FrameRebuild {
  private FrameRebuild() {}

  /** Rewrites the frame with the smallest entry table that holds its entries. */
  public static void compact(ExclusiveFrame frame, ExclusiveFrame scratch) {
    Frame place = frame.frame();
    FrameBuilder builder = new FrameBuilder();
    builder.addSource(place);
    int capacity = 1;
    int entries = FrameHeader.entryCapacity(place.segment, place.base);
    for (int entry = 0; entry < entries; entry++) {
      int root = EntryTable.root(place.segment, place.base, entry) << FrameSize.REF_SHIFT;
      if (root != 0) {
        builder.addRoot(0, root, entry);
        capacity = entry + 1;
      }
    }
    rewrite(frame, scratch, builder, capacity);
  }

  /** Gives the frame what {@code builder} builds, with an entry table of {@code capacity} rows. */
  public static void rewrite(
      ExclusiveFrame frame, ExclusiveFrame scratch, FrameBuilder builder, int capacity) {
    MemorySegment s = frame.segment;
    long base = frame.base;
    MemorySegment t = scratch.segment;
    long spare = scratch.base;
    scratch.format(FrameHeader.blob(s, base), capacity);
    builder.build(scratch);
    // An empty tree's only entry has no root and is in use all the same.
    FrameHeader.setEntryCount(t, spare, Math.max(1, FrameHeader.entryCount(t, spare)));
    FrameHeader.setSlot(t, spare, FrameHeader.slot(s, base));
    FrameHeader.setEpoch(t, spare, FrameHeader.epoch(s, base));
    FrameHeader.setSeq(t, spare, FrameHeader.seq(s, base));
    FrameHeader.setCompactions(t, spare, FrameHeader.compactions(s, base) + 1);
    MemorySegment.copy(t, spare, s, base, FrameHeader.bump(t, spare));
  }
}
