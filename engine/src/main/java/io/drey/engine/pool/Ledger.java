package io.drey.engine.pool;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Guards what the pool notes down of its blobs and places - which are free, pinned, held, changed -
 * among those who are inside the gate beside each other. Who is inside alone needs it not.
 *
 * <p>A latch may be held by whoever takes the ledger, and is only ever tried for by whoever has it,
 * so the two never wait for each other in a circle. Held for a few updates; no file access.
 */
public final class Ledger {
  /** Tries before a thread parks: what it is held for takes less. */
  private static final int SPINS = 200;

  private final Gate gate;
  private final ReentrantLock lock = new ReentrantLock();

  Ledger(Gate gate) {
    this.gate = gate;
  }

  /** Enters the gate beside others and takes the ledger; given back to {@link #leave}. */
  public long enter() {
    long stamp = gate.enterShared();
    take();
    return stamp;
  }

  public void leave(long stamp) {
    lock.unlock();
    gate.leaveShared(stamp);
  }

  /** Takes the ledger; inside the gate. */
  void take() {
    for (int i = 0; i < SPINS; i++) {
      if (lock.tryLock()) {
        return;
      }
      Thread.onSpinWait();
    }
    lock.lock();
  }

  void giveBack() {
    lock.unlock();
  }

  /** Whether the calling thread may look and write; for assertions. */
  boolean isMine() {
    return lock.isHeldByCurrentThread() || gate.isAlone();
  }
}
