package io.drey.engine.pool;

import io.drey.engine.art.PointLookup.Missing;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Point reads of blobs that are not in memory, by the pages they touch: what all {@link ColdWalk}s
 * share, and the decision which reads are to be such.
 *
 * <p>While the pool has room, whole images come into memory. Once it is full, an image that comes
 * sends another one away, so it comes only after so many pages were read of it that it would have
 * cost less to load it: a blob read now and then displaces nothing, one that is read often gets its
 * place.
 */
public final class ColdReads {
  /** Pages read of a blob out of memory after which it is loaded. */
  private static final int PAGE_READS_MAX = 32;

  /** The pages' part of the pool: one place in so many. */
  private static final int POOL_SHARE = 8;

  final InFlight inFlight;
  final PageCache cache = new PageCache();
  final LongAdder pageReads = new LongAdder();
  final LongAdder pageHits = new LongAdder();
  private final @Nullable ImageFile images;
  private final Residency residency;
  private final int placesMax;

  /** Images that left since the uses of pages were looked at, and those uses. For the ledger. */
  private int left;

  private long usesBefore;

  private final AtomicBoolean growing = new AtomicBoolean();

  ColdReads(Residency residency, @Nullable ImageFile images, InFlight inFlight) {
    this.residency = residency;
    this.images = images;
    this.inFlight = inFlight;
    this.placesMax = placesMax(residency.limitFrames());
  }

  /** The places that pages may take in a pool of so many. */
  static int placesMax(int frames) {
    return Math.max(1, frames / POOL_SHARE);
  }

  /** Whether a point read is to go on by pages of the blob that it found out of memory. */
  public boolean serve(Missing missing) {
    return images != null
        && !residency.hasRoom()
        && ((BlobImage) missing.owner()).pageReads < PAGE_READS_MAX
        && hasPlace();
  }

  private boolean hasPlace() {
    if (cache.places() == 0) {
      grow();
    }
    return cache.places() > 0;
  }

  /** A walk for one thread at a time. */
  public ColdWalk walk() {
    if (images == null) {
      throw new IllegalStateException("without a file no blob is out of memory");
    }
    return new ColdWalk(this, images);
  }

  /** Memory for a page, the caller's alone until it is published. */
  int reserve() {
    if (cache.places() < placesMax && cache.isFull()) {
      grow();
    }
    return cache.reserve();
  }

  /** Takes another place of the pool, if one can be had at once. */
  private void grow() {
    if (growing.compareAndSet(false, true)) {
      try {
        PooledFrame place = cache.places() < placesMax ? residency.placeForPages() : null;
        if (place != null) {
          cache.add(place);
        }
      } finally {
        growing.set(false);
      }
    }
  }

  /**
   * An image has left memory for another one. A place of the pages is given up for that where
   * images have left more often lately than pages were used; null = none. Under the ledger.
   */
  @Nullable PooledFrame imageLeft() {
    if (++left < Math.max(1, placesMax / 2)) {
      return null;
    }
    long uses = pageReads.sum() + pageHits.sum();
    boolean idle = uses - usesBefore < left;
    usesBefore = uses;
    left = 0;
    return idle ? cache.giveUp() : null;
  }

  /** Pages read from the data file. */
  public long pageReads() {
    return pageReads.sum();
  }

  /** Pages that a walk needed and that were in memory. */
  public long pageHits() {
    return pageHits.sum();
  }
}
