package io.drey.engine.pool;

import io.drey.engine.layout.FrameHeader;
import java.lang.foreign.MemorySegment;

/** What a frame's header says about its filling. */
public record BlobFigures(
    long blob, int bytesUsed, int gapBytes, int leaves, int edges, int compactions) {

  /** Reads the header at {@code base}. */
  public static BlobFigures of(long blob, MemorySegment segment, long base) {
    return new BlobFigures(
        blob,
        FrameHeader.bump(segment, base) - FrameHeader.gapBytes(segment, base),
        FrameHeader.gapBytes(segment, base),
        FrameHeader.leafCount(segment, base),
        FrameHeader.edgeCount(segment, base),
        FrameHeader.compactions(segment, base));
  }
}
