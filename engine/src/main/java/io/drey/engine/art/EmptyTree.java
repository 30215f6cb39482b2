package io.drey.engine.art;

import io.drey.engine.frame.ExclusiveFrame;
import io.drey.engine.layout.FrameHeader;

/** The tree without records: a root blob whose only entry, in use, has no root. */
public final class EmptyTree {
  private EmptyTree() {}

  /** Makes {@code frame} the root blob of an empty tree. */
  public static void format(ExclusiveFrame frame, long blob) {
    frame.format(blob, 1);
    FrameHeader.setEntryCount(frame.frame().segment, frame.frame().base, 1);
  }
}
