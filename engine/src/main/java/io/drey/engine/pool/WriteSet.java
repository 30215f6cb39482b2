package io.drey.engine.pool;

import io.drey.engine.frame.ExclusiveFrame;
import io.drey.engine.frame.Frame;
import io.drey.engine.frame.LatchedFrame;
import io.drey.engine.frame.WritableFrames;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The port to frames of one change that goes on beside others, inside the gate: it holds the
 * latches of the blobs it changes until {@link #release}. Reusable, of one thread at a time.
 */
public final class WriteSet implements WritableFrames {
  private final FramePool pool;
  private LatchedFrame[] held = new LatchedFrame[8];
  private int heldCount;
  private @Nullable PooledFrame scratch;

  public WriteSet(FramePool pool) {
    this.pool = pool;
  }

  @Override
  public @Nullable Frame resident(long blob) {
    return pool.resident(blob);
  }

  @Override
  public @Nullable LatchedFrame latched(long blob) {
    return pool.latched(blob);
  }

  @Override
  public boolean isMine(LatchedFrame latch) {
    for (int i = 0; i < heldCount; i++) {
      if (held[i] == latch) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean hold(LatchedFrame latch, long stamp) {
    if (isMine(latch)) {
      return true;
    }
    if (!latch.tryHold(stamp)) {
      latch.met();
      return false;
    }
    note(latch);
    return true;
  }

  private void note(LatchedFrame latch) {
    if (heldCount == held.length) {
      held = Arrays.copyOf(held, 2 * heldCount);
    }
    held[heldCount++] = latch;
  }

  @Override
  public ExclusiveFrame writable(long id) {
    return pool.images().changeable(mine(id));
  }

  @Override
  public ExclusiveFrame create(int entryCapacity) {
    Blob blob = pool.images().add();
    blob.hold();
    note(blob);
    return pool.images().begin(blob, entryCapacity);
  }

  @Override
  public void free(long id) {
    pool.images().end(mine(id));
  }

  private Blob mine(long id) {
    for (int i = 0; i < heldCount; i++) {
      if (held[i] instanceof Blob blob && blob.id == id) {
        return blob;
      }
    }
    throw new IllegalStateException("the latch of blob " + id + " is not held");
  }

  @Override
  public ExclusiveFrame scratch() {
    PooledFrame place = scratch;
    if (place == null) {
      place = pool.takeScratch();
      scratch = place;
    }
    return place.exclusive;
  }

  @Override
  public long store() {
    return pool.store();
  }

  @Override
  public long rootBlob() {
    return pool.rootBlob();
  }

  /** Ends the change: all latches are free again, and what it did is to be seen. */
  public void release() {
    for (int i = 0; i < heldCount; i++) {
      held[i].release();
    }
    heldCount = 0;
    PooledFrame place = scratch;
    if (place != null) {
      scratch = null;
      pool.giveScratchBack(place);
    }
  }
}
