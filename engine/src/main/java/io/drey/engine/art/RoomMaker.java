package io.drey.engine.art;

import io.drey.engine.event.FrameCompact;
import io.drey.engine.frame.ExclusiveFrame;
import io.drey.engine.frame.Frame;
import io.drey.engine.frame.FrameRebuild;
import io.drey.engine.frame.FrameSpace;
import io.drey.engine.frame.WritableFrames;
import io.drey.engine.layout.FrameHeader;
import io.drey.engine.layout.FrameSize;

/**
 * Makes room in the frame in which a walk ended, without changing the content of the tree: rebuilds
 * it when enough of it is gap, else splits it; when nothing can be moved out of it, says that the
 * new leaf stands aside in a blob of its own.
 *
 * <p>A rebuild needs a gap of an eighth of the frame: a full frame in which records come and go is
 * split, not rebuilt for a few bytes at every write.
 */
final class RoomMaker {
  private static final int REBUILD_GAP = FrameSize.BYTES / 8;

  private RoomMaker() {}

  /** Takes one step towards room for {@code need} bytes. The descent is stale afterwards. */
  static void makeRoom(WritableFrames frames, Descent descent, byte[] key, int need) {
    Frame frame = descent.frame;
    int gap = FrameHeader.gapBytes(frame.segment, frame.base);
    if (gap >= REBUILD_GAP) {
      compact(frames, descent.blob());
    } else if (!FrameSplitter.split(frames, descent, key)) {
      if (gap > 0 && gap + FrameSpace.bumpSpace(frame) >= need) {
        compact(frames, descent.blob());
      } else if (!descent.aside) {
        descent.aside = true;
      } else if (gap > 0) {
        compact(frames, descent.blob());
      } else {
        throw new IllegalStateException("no room for " + need + " bytes in blob " + descent.blob());
      }
    }
  }

  /** Rebuilds the frame of {@code blob}, for {@link WritableFrames#writable}, packed. */
  static void compact(WritableFrames frames, long blob) {
    FrameCompact event = new FrameCompact();
    event.begin();
    ExclusiveFrame frame = frames.writable(blob);
    Frame place = frame.frame();
    int bump = FrameHeader.bump(place.segment, place.base);
    FrameRebuild.compact(frame, frames.scratch());
    FrameEvents.compacted(event, frames, place, bump);
  }
}
