package io.drey.engine.art;

import io.drey.engine.frame.Frame;
import io.drey.engine.frame.LatchedFrame;
import org.jspecify.annotations.Nullable;

/** A blob whose frame nobody changes while it is read. */
final class StillFrame extends LatchedFrame {
  StillFrame(@Nullable Frame frame) {
    hold();
    place(frame);
    release();
  }
}
