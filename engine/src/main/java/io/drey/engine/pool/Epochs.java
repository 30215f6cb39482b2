package io.drey.engine.pool;

import io.drey.engine.latch.Pause;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.StampedLock;

/**
 * The epochs, which snapshots and checkpoints part: a snapshot sees each blob as it was when its
 * epoch ended, and whoever changes a blob for the first time in an epoch keeps the image before it
 * where somebody needs it.
 *
 * <p>No change is stopped for the end of an epoch, an {@link EpochEnd}. A change belongs to the
 * epoch in which it reserves its sequence number, which is refused it once that has ended. Only who
 * notes a blob's first change, or changes which blobs there are, <em>joins</em> the epoch first: it
 * ends when they have left. The lists are under the {@link Ledger}.
 */
final class Epochs {
  /** Pauses before others may not join any more: about as long as a copy takes. */
  private static final int PATIENCE = 200;

  private final TreeSet<Long> snapshots = new TreeSet<>();
  private final List<OldImage> kept = new ArrayList<>();

  /** Shared by those who have joined the epoch; alone, by whoever ends it. */
  private final StampedLock joined = new StampedLock();

  /** Those who have waited long for the others to leave: nobody joins any more. */
  private final AtomicInteger impatient = new AtomicInteger();

  /** A pool and its log begin with epoch 0. */
  private volatile long now;

  /** The number of the epoch. */
  long now() {
    return now;
  }

  /** Joins an epoch: it does not end before {@link #leave}; 0 = it has ended, or does now. */
  long tryJoin(long epoch) {
    long stamp = impatient.get() > 0 ? 0 : joined.tryReadLock();
    if (stamp != 0 && now != epoch) {
      joined.unlockRead(stamp);
      return 0;
    }
    return stamp;
  }

  void leave(long stamp) {
    joined.unlockRead(stamp);
  }

  /** Whether the epoch ends now: nobody can join it, nor yet the next one. */
  boolean isEnding() {
    return joined.isWriteLocked() || impatient.get() > 0;
  }

  /** As {@link #beginEnd} where nobody has joined, else 0. */
  long tryBeginEnd() {
    return joined.tryWriteLock();
  }

  /**
   * Waits for those who have joined; nobody joins any more until {@link #leaveEnd}. Others may join
   * meanwhile, so that nobody is held up; but if there is always one, not for long.
   */
  long beginEnd() {
    for (int turn = 0; turn < PATIENCE; turn++) {
      long stamp = joined.tryWriteLock();
      if (stamp != 0) {
        return stamp;
      }
      Pause.take(turn);
    }
    impatient.incrementAndGet();
    try {
      return joined.writeLock();
    } finally {
      impatient.decrementAndGet();
    }
  }

  /** The next epoch begins; between the two. */
  void pass() {
    long before = now;
    now = before + 1;
  }

  void leaveEnd(long stamp) {
    joined.unlockWrite(stamp);
  }

  /** A snapshot sees what this epoch comes to; its number. */
  long openSnapshot() {
    snapshots.add(now);
    return now;
  }

  /** Whether a snapshot needs an image that was the current one in these epochs. */
  boolean isNeeded(long since, long until) {
    Long last = snapshots.floor(until);
    return last != null && last >= since;
  }

  void keep(OldImage image) {
    kept.add(image);
  }

  /** The snapshot is closed; the images that none needs any more, no longer kept. */
  List<OldImage> close(long snapshot) {
    snapshots.remove(snapshot);
    List<OldImage> gone = new ArrayList<>();
    kept.removeIf(image -> {
      boolean needed = isNeeded(image.since, image.until);
      if (!needed) {
        gone.add(image);
      }
      return !needed;
    });
    return gone;
  }

  int snapshots() {
    return snapshots.size();
  }

  int kept() {
    return kept.size();
  }
}
