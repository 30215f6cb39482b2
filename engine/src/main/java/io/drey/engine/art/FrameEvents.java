package io.drey.engine.art;

import io.drey.engine.event.FrameCompact;
import io.drey.engine.event.FrameMerge;
import io.drey.engine.event.FrameSplit;
import io.drey.engine.frame.Frame;
import io.drey.engine.frame.FrameSpace;
import io.drey.engine.frame.WritableFrames;
import io.drey.engine.layout.FrameHeader;
import io.drey.engine.layout.FrameSize;

/** Fills in what has been done to frames, where a recording wants it. */
final class FrameEvents {
  private FrameEvents() {}

  /**
   * @param usedBefore bytes that {@code source} used before
   * @param entries subtrees that went to {@code blob}
   */
  static void split(
      FrameSplit event,
      WritableFrames frames,
      Frame source,
      int usedBefore,
      long blob,
      int entries) {
    event.end();
    if (event.shouldCommit()) {
      event.store = frames.store();
      event.blob = blob(source);
      event.newBlob = blob;
      event.entries = entries;
      event.bytes = (long) usedBefore - FrameSpace.usedBytes(source);
      event.fillBefore = share(usedBefore);
      event.fillAfter = FrameSpace.fill(source);
      event.commit();
    }
  }

  /**
   * @param blob the blob that is gone
   * @param usedBefore bytes that {@code into} used before
   */
  static void merged(
      FrameMerge event, WritableFrames frames, long blob, Frame into, int usedBefore) {
    event.end();
    if (event.shouldCommit()) {
      event.store = frames.store();
      event.blob = blob;
      event.into = blob(into);
      event.bytes = (long) FrameSpace.usedBytes(into) - usedBefore;
      event.fillAfter = FrameSpace.fill(into);
      event.commit();
    }
  }

  /**
   * @param bumpBefore where the frame ended before, gaps included
   */
  static void compacted(FrameCompact event, WritableFrames frames, Frame frame, int bumpBefore) {
    event.end();
    if (event.shouldCommit()) {
      int bump = FrameHeader.bump(frame.segment, frame.base);
      event.store = frames.store();
      event.blob = blob(frame);
      event.fillBefore = share(bumpBefore);
      event.fillAfter = share(bump);
      event.gained = (long) bumpBefore - bump;
      event.commit();
    }
  }

  private static long blob(Frame frame) {
    return FrameHeader.blob(frame.segment, frame.base);
  }

  private static float share(int bytes) {
    return (float) bytes / FrameSize.BYTES;
  }
}
