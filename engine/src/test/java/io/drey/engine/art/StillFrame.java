package io.drey.engine.art;

import io.drey.engine.frame.Frame;
import io.drey.engine.frame.LatchedFrame;
import org.jspecify.annotations.Nullable;

/** A blob whose frame nobody changes while it is read. */
final class StillFrame extends LatchedFrame {
  final long blob;

  StillFrame(long blob, @Nullable Frame frame) {
    this.blob = blob;
    hold();
    place(frame);
    release();
  }
}
