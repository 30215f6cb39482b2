package io.drey.engine.pool;

import io.drey.vfs.Threads;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Adds memory for frames, a chunk at a time, up to the pool's limit.
 *
 * <p>New memory is zeroed, which takes some 16 ms for the largest chunk. So it is made ahead of
 * demand, by a thread that lives for one chunk; only who is faster than it waits for a chunk.
 */
final class Growth {
  /** Free places below which a chunk is made ahead: this and a share of all places. */
  private static final int LOW_WATER = FramePool.WRITER_FRAMES;

  private static final int LOW_WATER_SHARE = 8;
  private static final int MOST_LOW_WATER = LOW_WATER + 32;

  private final FramePool pool;
  private final int limitFrames;
  private final InFlight inFlight;
  private final Threads threads;

  /** Held while a chunk is made; never inside the gate. */
  private final ReentrantLock lock = new ReentrantLock();

  private final AtomicBoolean ahead = new AtomicBoolean();

  /**
   * @param limitFrames the most places to allocate, by choice
   */
  Growth(FramePool pool, int limitFrames, InFlight inFlight, Threads threads) {
    this.threads = threads;
    this.pool = pool;
    this.limitFrames = limitFrames;
    this.inFlight = inFlight;
  }

  /** Whether the pool may have more places. */
  boolean isPossible() {
    return pool.places() < limitFrames;
  }

  /** Starts the next chunk if few places are left; a few loads unless so. */
  void makeAhead() {
    if (pool.freePlaces() < lowWater() && isPossible() && ahead.compareAndSet(false, true)) {
      threads.unstarted("drey-frames", this::nextChunk).start();
    }
  }

  private int lowWater() {
    return Math.min(MOST_LOW_WATER, LOW_WATER + pool.places() / LOW_WATER_SHARE);
  }

  private void nextChunk() {
    try {
      toLimit(lowWater());
    } catch (PoolClosedException | OutOfMemoryError e) {
      // Whoever needs the memory meets the same.
    } finally {
      ahead.set(false);
    }
  }

  /** Adds a chunk within the limit, unless so many places are free. */
  void toLimit(int wanted) throws PoolClosedException {
    lock.lock();
    try {
      add(limitFrames - pool.places(), wanted);
    } finally {
      lock.unlock();
    }
  }

  /** Adds so many places whatever the limit, unless so many are free. */
  void beyondLimit(int wanted) throws IOException {
    lock.lock();
    try {
      add(wanted - pool.freePlaces(), wanted);
    } finally {
      lock.unlock();
    }
  }

  private void add(int atMost, int wanted) throws PoolClosedException {
    if (pool.freePlaces() >= wanted || atMost <= 0) {
      return;
    }
    inFlight.begin();
    try {
      List<FrameMemory.Place> grown = pool.allocate(atMost);
      long stamp = pool.ledger().enter();
      try {
        pool.addPlaces(grown);
      } finally {
        pool.ledger().leave(stamp);
      }
    } finally {
      inFlight.end();
    }
  }
}
