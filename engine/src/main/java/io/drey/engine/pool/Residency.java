package io.drey.engine.pool;

import io.drey.engine.store.StoredImage;
import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Brings blobs into memory and makes room for them: growth up to the limit, then eviction of clean
 * images by second chance, then spilling of dirty ones, then waiting for a checkpoint to let go.
 *
 * <p>Called outside the gate. All file access happens outside it: a place is taken and a spilled
 * image is held inside the gate, the file is read or written outside, and the result is published
 * inside it after checking that the blob still is what it was.
 */
public final class Residency implements AutoCloseable {
  private final Gate gate;
  private final FramePool pool;
  private final @Nullable ImageStore images;
  private final int limitFrames;
  private final InFlight inFlight = new InFlight();
  private final Growth growth;
  private final LongAdder loads = new LongAdder();
  private final LongAdder evictions = new LongAdder();
  private final LongAdder spills = new LongAdder();

  /** What a thread waits on for a checkpoint's progress. */
  private final ReentrantLock rounds = new ReentrantLock();

  private final Condition progress = rounds.newCondition();
  private boolean roundActive;
  private long roundProgress;

  /**
   * @param images where images are read and spilled, null = memory is all there is
   * @param limitFrames the most places to allocate while something can be evicted
   */
  public Residency(Gate gate, FramePool pool, @Nullable ImageStore images, int limitFrames) {
    this.gate = gate;
    this.pool = pool;
    this.images = images;
    this.limitFrames = limitFrames;
    this.growth = new Growth(gate, pool, limitFrames, inFlight);
  }

  /**
   * Loads a blob unless it is in memory by now, and pins it. A blob that is gone is no error: the
   * caller walks again.
   *
   * @throws io.drey.CorruptionException if its image does not read back as it was written
   */
  public void load(long id, Pins pins) throws IOException {
    while (true) {
      makeRoom();
      Blob blob;
      StoredImage stored;
      PooledFrame place;
      long stamp = gate.enter();
      try {
        blob = pool.blobs().find(id);
        if (blob == null) {
          return;
        }
        if (blob.image != null) {
          pins.add(blob);
          return;
        }
        if (!hasSpare(1)) {
          continue;
        }
        stored = blob.stored;
        place = pool.take();
      } finally {
        gate.leave(stamp);
      }
      if (stored == null || images == null) {
        throw new IllegalStateException("blob " + id + " is neither in memory nor stored");
      }
      fill(blob, stored, place, images, pins);
      return;
    }
  }

  /** A place for one image, and for the change that may follow unless the disk is full. */
  private void makeRoom() throws IOException {
    try {
      ensureSpare(FramePool.SPARE_FRAMES + 1);
    } catch (IOException e) {
      if (!hasSpare(1)) {
        growth.beyondLimit(
            1); // nothing clean is left to evict; what is loaded now can be evicted later
      }
    }
  }

  private void fill(Blob blob, StoredImage stored, PooledFrame place, ImageStore images, Pins pins)
      throws IOException {
    loads.increment();
    IOException failure = null;
    boolean read = false;
    try {
      inFlight.begin();
      try {
        images.read(blob.id, stored, place.frame);
        read = true;
      } finally {
        inFlight.end();
      }
    } catch (IOException e) {
      failure = e;
    } finally {
      long stamp = gate.enter();
      try {
        boolean asBefore =
            pool.blobs().find(blob.id) == blob && blob.image == null && blob.stored == stored;
        if (asBefore && read) {
          pool.install(blob, place);
          pins.add(blob);
        } else {
          pool.giveBack(place);
        }
        if (!asBefore) {
          failure = null; // the slot may hold another image by now: the caller walks again
        }
      } finally {
        gate.leave(stamp);
      }
    }
    if (failure instanceof DamagedImageException damaged) {
      throw damaged.corruption();
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Lets go of what an operation pinned. */
  public void release(Pins pins) {
    if (!pins.isEmpty()) {
      long stamp = gate.enter();
      try {
        pins.release();
      } finally {
        gate.leave(stamp);
      }
    }
  }

  /** Whether so many places are free; a hint outside the gate, exact inside it. */
  public boolean hasSpare(int wanted) {
    return pool.freePlaces() >= wanted;
  }

  /** Makes so many places free. */
  public void ensureSpare(int wanted) throws IOException {
    growth.makeAhead();
    while (!hasSpare(wanted)) {
      if (growth.isPossible()) {
        growth.toLimit(wanted);
        continue;
      }
      if (images == null) {
        throw new IllegalStateException("memory for frames has a limit without a file behind it");
      }
      PooledFrame held = null;
      Blob blob = null;
      boolean stuck = false;
      long stamp = gate.enter();
      try {
        while (!hasSpare(wanted)) {
          PooledFrame victim = pool.victim();
          if (victim == null) {
            stuck = true;
            break;
          }
          blob = pool.blobs().get(victim.blob);
          if (!victim.dirty) {
            evictions.increment();
            pool.uninstall(blob, victim);
          } else if (images.writable()) {
            victim.holds++;
            held = victim;
            break;
          } else {
            stuck = true;
            break;
          }
        }
      } finally {
        gate.leave(stamp);
      }
      if (held != null && blob != null) {
        spill(blob, held, images);
      } else if (stuck && !awaitRound()) {
        growth.beyondLimit(wanted);
      }
    }
  }

  /** INVARIANT P3: the write returns before the image leaves memory. */
  private void spill(Blob blob, PooledFrame image, ImageStore images) throws IOException {
    StoredImage stored = null;
    try {
      inFlight.begin();
      try {
        stored = images.write(image, ImageStore.Purpose.SPILL);
      } finally {
        inFlight.end();
      }
    } finally {
      long stamp = gate.enter();
      try {
        image.holds--;
        spilled(blob, image, stored, images);
      } finally {
        gate.leave(stamp);
      }
    }
  }

  /** Inside the gate, alone; {@code stored} is null when the write failed. */
  private void spilled(
      Blob blob, PooledFrame image, @Nullable StoredImage stored, ImageStore images) {
    boolean useful = stored != null && image.current && image.dirty;
    if (stored != null && !useful) {
      images.superseded(stored);
    }
    if (stored != null && useful) {
      spills.increment();
      pool.clean(blob, image, stored);
    }
    if (!image.current && image.holds == 0) {
      pool.giveBack(image);
    } else if (useful && image.holds == 0 && blob.pins == 0) {
      evictions.increment();
      pool.uninstall(blob, image);
    }
  }

  // A checkpoint holds images; who finds no victim waits for it rather than exceed the limit.

  public void roundBegins() {
    rounds.lock();
    try {
      roundActive = true;
    } finally {
      rounds.unlock();
    }
  }

  public void roundLetGo() {
    rounds.lock();
    try {
      roundProgress++;
      progress.signalAll();
    } finally {
      rounds.unlock();
    }
  }

  public void roundEnds() {
    rounds.lock();
    try {
      roundActive = false;
      progress.signalAll();
    } finally {
      rounds.unlock();
    }
  }

  /** False when no round is under way: nothing would come of waiting. */
  private boolean awaitRound() {
    rounds.lock();
    try {
      long seen = roundProgress;
      boolean waited = roundActive;
      while (roundActive && seen == roundProgress) {
        progress.awaitUninterruptibly();
      }
      return waited;
    } finally {
      rounds.unlock();
    }
  }

  /** Refuses further transfers and returns when none is under way: frames may go then. */
  @Override
  public void close() {
    inFlight.drain();
  }

  public long loads() {
    return loads.sum();
  }

  public long evictions() {
    return evictions.sum();
  }

  public long spills() {
    return spills.sum();
  }

  public int limitFrames() {
    return limitFrames;
  }
}
