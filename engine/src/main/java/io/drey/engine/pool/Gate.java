package io.drey.engine.pool;

import io.drey.engine.event.LatchWait;
import io.drey.engine.latch.FrameLatch;
import java.util.Arrays;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/**
 * What every change of a frame passes: beside others, where a latch for each blob keeps them apart,
 * or alone, where nothing else changes.
 *
 * <p>Nobody reads or writes a file, waits for a latch, or runs user code while inside. Entering is
 * not interruptible and leaves the thread's interrupt flag alone; a waiting thread parks, so a
 * virtual thread gives its carrier back. Optimistic readers do not pass the gate.
 *
 * <p>Whoever is inside alone holds the latches of the blobs it changes, until it leaves: optimistic
 * readers see all of a change or nothing.
 */
public final class Gate {
  private final long store;
  private final StampedLock lock = new StampedLock();

  /** The latches held; of whoever is inside alone. */
  private FrameLatch[] held = new FrameLatch[16];

  private int heldCount;

  /** Who is inside alone. Only the thread itself writes its name here, so it needs no fence. */
  private @Nullable Thread alone;

  /**
   * @param store the number under which events tell the store
   */
  public Gate(long store) {
    this.store = store;
  }

  /** The number under which events tell the store. */
  public long store() {
    return store;
  }

  /** Enters beside others; the result is given back to {@link #leaveShared}. */
  public long enterShared() {
    long stamp = lock.tryReadLock();
    return stamp != 0 ? stamp : waitShared();
  }

  private long waitShared() {
    LatchWait event = new LatchWait();
    event.begin();
    long stamp = lock.readLock();
    told(event, "Shared");
    return stamp;
  }

  /** As {@link #enterShared} where that need not wait, else 0. */
  public long tryEnterShared() {
    return lock.tryReadLock();
  }

  private void told(LatchWait event, String mode) {
    event.end();
    if (event.shouldCommit()) {
      event.store = store;
      event.mode = mode;
      event.commit();
    }
  }

  public void leaveShared(long stamp) {
    lock.unlockRead(stamp);
  }

  /** Enters alone; the result is given back to {@link #leave}. */
  public long enter() {
    long stamp = tryEnter();
    return stamp != 0 ? stamp : waitAlone();
  }

  /** As {@link #enter} where that need not wait, else 0. */
  public long tryEnter() {
    long stamp = lock.tryWriteLock();
    if (stamp != 0) {
      alone = Thread.currentThread();
    }
    return stamp;
  }

  private long waitAlone() {
    LatchWait event = new LatchWait();
    event.begin();
    long stamp = lock.writeLock();
    alone = Thread.currentThread();
    told(event, "Alone");
    return stamp;
  }

  /** Releases the latches and leaves. */
  public void leave(long stamp) {
    for (int i = 0; i < heldCount; i++) {
      held[i].release();
    }
    heldCount = 0;
    alone = null;
    lock.unlockWrite(stamp);
  }

  /** Holds a latch until {@link #leave}, unless it is held; inside, alone. */
  void hold(FrameLatch latch) {
    assert isAlone();
    if (!latch.isHeld()) {
      if (heldCount == held.length) {
        held = Arrays.copyOf(held, 2 * heldCount);
      }
      held[heldCount++] = latch;
      latch.hold();
    }
  }

  /** Whether the calling thread is inside alone. */
  boolean isAlone() {
    return alone == Thread.currentThread();
  }
}
