package io.drey.engine.pool;

import io.drey.engine.frame.ExclusiveFrame;
import io.drey.engine.frame.Frame;
import io.drey.engine.frame.LatchedFrame;
import io.drey.engine.frame.WritableFrames;
import io.drey.engine.latch.FrameLatch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The port to frames of one change that goes on beside others, inside the gate: it holds the
 * latches of the blobs it changes until {@link #release}. Reusable, of one thread at a time.
 */
public final class WriteSet implements WritableFrames {
  private final FramePool pool;
  private Blob[] held = new Blob[8];

  /** Per latch: a copy of the image, until it is changed; null = there is none. */
  private @Nullable PooledFrame[] copies = new PooledFrame[8];

  private int heldCount;
  private @Nullable PooledFrame scratch;
  private long epoch;

  /** What it has joined the epoch with, 0 = it has not. */
  private long joined;

  public WriteSet(FramePool pool) {
    this.pool = pool;
  }

  /** Begins a change; the epoch that it belongs to. */
  public long begin() {
    epoch = pool.epoch();
    return epoch;
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
    return isMine(latch) || tryHold((Blob) latch, stamp, null);
  }

  @Override
  public boolean holdToChange(LatchedFrame latch, long stamp) {
    if (isMine(latch)) {
      return true;
    }
    Blob blob = (Blob) latch;
    PooledFrame copy = null;
    if (!FrameLatch.isHeld(stamp) && !pool.images().isNoted(blob, epoch)) {
      if (!restructure()) {
        return false;
      }
      copy = pool.images().copyAhead(blob);
    }
    boolean held = tryHold(blob, stamp, copy);
    if (!held && copy != null && !isMine(blob)) {
      pool.images().giveBack(copy);
    }
    return held;
  }

  /** The copy is this change's once it has the latch, even if it may not change the blob. */
  private boolean tryHold(Blob blob, long stamp, @Nullable PooledFrame copy) {
    makeRoom();
    if (!blob.tryHold(stamp)) {
      blob.met();
      return false;
    }
    note(blob, copy);
    return mayChange(blob);
  }

  /** INVARIANT P8. */
  private boolean mayChange(Blob blob) {
    if (joined != 0) {
      return true;
    }
    // ORDER: the latch, then the epoch; a capture does it the other way round, so one of two sees
    // the other.
    return pool.images().isNoted(blob, epoch) ? pool.epoch() == epoch : restructure();
  }

  @Override
  public boolean restructure() {
    if (joined == 0) {
      joined = pool.tryJoin(epoch);
    }
    return joined != 0;
  }

  /** For one latch more: what may fail is done before it is taken. */
  private void makeRoom() {
    if (heldCount == held.length) {
      copies = Arrays.copyOf(copies, 2 * heldCount);
      held = Arrays.copyOf(held, 2 * heldCount);
    }
  }

  private void note(Blob blob, @Nullable PooledFrame copy) {
    copies[heldCount] = copy;
    held[heldCount++] = blob;
  }

  @Override
  public ExclusiveFrame writable(long id) {
    int at = mine(id);
    PooledFrame copy = copies[at];
    copies[at] = null;
    return pool.images().changeable(held[at], epoch, copy);
  }

  @Override
  public ExclusiveFrame create(int entryCapacity) {
    assert joined != 0;
    makeRoom();
    Blob blob = pool.images().add();
    blob.hold();
    note(blob, null);
    return pool.images().begin(blob, entryCapacity);
  }

  @Override
  public void free(long id) {
    assert joined != 0;
    pool.images().end(held[mine(id)]);
  }

  private int mine(long id) {
    for (int i = 0; i < heldCount; i++) {
      if (held[i].id == id) {
        return i;
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
    try {
      giveBackPlaces();
    } finally {
      heldCount = 0;
      if (joined != 0) {
        pool.leave(joined);
        joined = 0;
      }
    }
  }

  private void giveBackPlaces() {
    for (int i = 0; i < heldCount; i++) {
      PooledFrame copy = copies[i];
      if (copy != null) {
        copies[i] = null;
        pool.images().giveBack(copy);
      }
    }
    PooledFrame place = scratch;
    if (place != null) {
      scratch = null;
      pool.giveScratchBack(place);
    }
  }
}
