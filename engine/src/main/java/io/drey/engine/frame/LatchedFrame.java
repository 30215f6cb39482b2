package io.drey.engine.frame;

import io.drey.engine.latch.FrameLatch;
import org.jspecify.annotations.Nullable;

/** The latch of a blob, and under a stamp of it, where its image is. */
public abstract class LatchedFrame extends FrameLatch {
  /** The current image, null = not in memory. Written while the latch is held. */
  private @Nullable Frame frame;

  protected LatchedFrame() {}

  /** Read under a stamp, or inside the gate. */
  public final @Nullable Frame frame() {
    return frame;
  }

  /** Tells that a walk met a change of this blob by another thread, and begins anew. */
  public void met() {}

  protected final void place(@Nullable Frame frame) {
    assert isHeld();
    this.frame = frame;
  }
}
