package io.drey.engine.pool;

import io.drey.engine.latch.FrameLatch;
import io.drey.engine.store.StoredImage;
import io.drey.vfs.Threads;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Brings blobs into the mapping, and makes slots ready for changes.
 *
 * <p>What a blob's image costs in memory is the operating system's affair, so nothing is evicted
 * and nothing spilled. An image is read through the file once and verified, and then seen where it
 * stands: a disk that cannot read it makes the call fail, not the access.
 *
 * <p>Where the disk is full, changes go on in memory up to the pool's limit.
 */
public final class MappedResidency extends Residency {
  /** Free slots below which more are made ahead: this and a share of all slots. */
  private static final int LOW_WATER = FramePool.WRITER_FRAMES;

  private static final int LOW_WATER_SHARE = 8;
  private static final int MOST_LOW_WATER = LOW_WATER + 32;

  private final MappedImages images;
  private final MappedPlaces places;
  private final Threads threads;

  /** Held while slots are made ready; never inside the gate. */
  private final ReentrantLock growing = new ReentrantLock();

  private final AtomicBoolean ahead = new AtomicBoolean();

  /**
   * @param limitFrames the most frames in memory alone
   */
  public MappedResidency(FramePool pool, MappedImages images, int limitFrames, Threads threads) {
    super(pool, images, limitFrames, threads);
    this.threads = threads;
    this.images = images;
    this.places = images.places();
    places.useMemory(!images.writable());
  }

  @Override
  void load(BlobImage image, Pins pins) throws IOException {
    StoredImage stored;
    PooledFrame buffer;
    long stamp = ledger.enter();
    try {
      if (image.image != null) {
        pins.add(image);
        return;
      }
      if (FrameLatch.isRetired(image.optimistic())) {
        return;
      }
      stored = image.stored;
      if (stored == null) {
        throw new IllegalStateException("blob " + image.id + " is neither in memory nor stored");
      }
      buffer = pool.takeMemory();
      buffer.hold();
    } finally {
      ledger.leave(stamp);
    }
    fill(image, stored, buffer, images, pins);
  }

  @Override
  public boolean ensureSpare(int wanted, Pins pins) throws IOException {
    while (!hasSpare(wanted)) {
      if (!images.writable()) {
        growth.beyondLimit(wanted);
        continue;
      }
      try {
        makeReady(wanted);
      } catch (PoolClosedException e) {
        throw e;
      } catch (IOException e) {
        places.useMemory(true);
        if (growth.isPossible()) {
          growth.toLimit(wanted);
        } else if (!hasSpare(wanted) && !awaitRound()) {
          throw e;
        }
      }
    }
    makeAhead();
    return true;
  }

  private void makeReady(int wanted) throws IOException {
    growing.lock();
    try {
      while (!hasSpare(wanted)) {
        inFlight.begin();
        try {
          images.grow();
        } finally {
          inFlight.end();
        }
      }
      places.useMemory(false);
    } finally {
      growing.unlock();
    }
  }

  /** Makes slots ready by a thread that lives for that; a few loads unless few are left. */
  private void makeAhead() {
    if (images.freeSlots() < lowWater() && images.writable() && ahead.compareAndSet(false, true)) {
      threads.unstarted("drey-frames", this::more).start();
    }
  }

  private int lowWater() {
    return (int) Math.min(MOST_LOW_WATER, LOW_WATER + places.slots() / LOW_WATER_SHARE);
  }

  private void more() {
    try {
      makeReady(lowWater());
      ahead.set(false);
    } catch (IOException e) {
      // Whoever needs the space meets the same: it is not asked for ahead of them any more.
    }
  }
}
