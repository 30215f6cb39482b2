package io.drey.engine.pool;

import io.drey.engine.event.Damage;
import io.drey.engine.event.FrameEvict;
import io.drey.engine.event.FrameLoad;
import io.drey.engine.event.FrameSpill;
import io.drey.engine.latch.FrameLatch;
import io.drey.engine.layout.FrameHeader;
import io.drey.engine.layout.FrameSize;
import io.drey.engine.store.StoredImage;
import io.drey.vfs.Threads;
import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Brings blobs into memory and makes room for them: growth up to the limit, then eviction of clean
 * images by second chance, then spilling of dirty ones, then waiting for a checkpoint to let go.
 *
 * <p>Called outside the gate. All file access happens outside it: a place is taken and a spilled
 * image is held under the ledger, the file is read or written outside, and the result is published
 * under it after checking that the blob still is what it was. Beside other changes: an image leaves
 * memory, or comes there, with the latch of its blob held.
 */
public class Residency implements AutoCloseable {
  final FramePool pool;
  final Ledger ledger;
  private final @Nullable ImageStore images;
  private final int limitFrames;
  final InFlight inFlight = new InFlight();

  /** Images that one operation can pin: all but the root, a place to build in, and the pages. */
  private final int pinsMax;

  final Growth growth;
  private final ColdReads cold;
  private final LongAdder loads = new LongAdder();
  private final LongAdder evictions = new LongAdder();
  private final LongAdder spills = new LongAdder();

  private final Scarcity scarcity = new Scarcity();

  /**
   * @param images where images are read and spilled, null = memory is all there is
   * @param limitFrames the most places to allocate while something can be evicted
   */
  public Residency(FramePool pool, @Nullable ImageStore images, int limitFrames) {
    this(pool, images, limitFrames, Threads.PLATFORM);
  }

  /** As the other one, with threads of other make for growing. */
  public Residency(FramePool pool, @Nullable ImageStore images, int limitFrames, Threads threads) {
    this.pool = pool;
    this.ledger = pool.ledger();
    this.images = images;
    this.limitFrames = limitFrames;
    this.pinsMax = limitFrames - ColdReads.placesMax(limitFrames) - 2;
    this.growth = new Growth(pool, limitFrames, inFlight, threads);
    boolean readsPages = images instanceof ImageFile && !(images instanceof MappedImages);
    this.cold = new ColdReads(this, readsPages ? (ImageFile) images : null, inFlight);
  }

  /**
   * Loads a blob unless it is in memory by now, and pins it. A blob that is gone is no error: the
   * caller walks again.
   *
   * @throws io.drey.CorruptionException if its image does not read back as it was written
   */
  public void load(long id, Pins pins) throws IOException {
    Blob blob = pool.blobs().seen(id);
    if (blob != null) {
      load(blob, pins);
    }
  }

  /** As {@link #load(long, Pins)}, for a blob as a snapshot sees it. */
  public void load(long snapshot, long id, Pins pins) throws IOException {
    BlobImage image = pool.images().at(snapshot, id);
    if (image != null) {
      load(image, pins);
    }
  }

  void load(BlobImage image, Pins pins) throws IOException {
    if (!pins.mayExceed && pins.count() >= pinsMax) {
      throw new PoolExceededException((pins.count() + 1L) * FrameSize.BYTES);
    }
    while (true) {
      makeRoom(pins);
      StoredImage stored;
      @Nullable PooledFrame place;
      long stamp = ledger.enter();
      try {
        if (image.image != null) {
          pins.add(image);
          return;
        }
        if (FrameLatch.isRetired(image.optimistic())) {
          return;
        }
        place = pool.takePlace();
        if (place == null) {
          continue;
        }
        place.hold(); // others wait for a load that is under way
        stored = image.stored;
      } finally {
        ledger.leave(stamp);
      }
      if (stored == null || images == null) {
        throw new IllegalStateException("blob " + image.id + " is neither in memory nor stored");
      }
      fill(image, stored, place, images, pins);
      return;
    }
  }

  /** A place for one image, and for the change that may follow unless the disk is full. */
  private void makeRoom(Pins pins) throws IOException {
    boolean full = false;
    try {
      full = !tryEnsureSpare(FramePool.SPARE_FRAMES + 1, pins);
    } catch (IOException e) {
      if (!hasSpare(1) && !pins.hasTurn) {
        queue(pins); // nothing clean is left to evict but what others need now
      } else {
        full = true;
      }
    }
    if (full && !hasSpare(1)) {
      if (!pins.mayExceed) {
        throw new PoolExceededException((pins.count() + 1L) * FrameSize.BYTES);
      }
      growth.beyondLimit(1); // what is loaded now can be evicted later
    }
  }

  /** Reads an image into a place of memory taken for it, and publishes what came of it. */
  final void fill(
      BlobImage image, StoredImage stored, PooledFrame place, ImageStore images, Pins pins)
      throws IOException {
    loads.increment();
    FrameLoad event = new FrameLoad();
    event.begin();
    IOException failure = null;
    boolean read = false;
    try {
      inFlight.begin();
      try {
        images.read(image.id, stored, place.frame);
        read = true;
      } finally {
        inFlight.end();
      }
    } catch (IOException e) {
      failure = e;
    } finally {
      long stamp = ledger.enter();
      try {
        place.letGo();
        boolean asBefore = image.image == null && image.stored == stored;
        if (asBefore && read && image.tryHold(image.optimistic())) {
          try {
            PooledFrame home = pool.home(stored);
            if (home != null) {
              pool.giveBack(place);
            }
            pool.images().install(image, home == null ? place : home);
          } finally {
            image.release();
          }
          pins.add(image);
        } else {
          pool.giveBack(place);
        }
        if (!asBefore) {
          failure = null; // the slot may hold another image by now: the caller walks again
        }
      } finally {
        ledger.leave(stamp);
      }
      scarcity.stepped();
    }
    event.end();
    if (event.shouldCommit()) {
      event.store = pool.store();
      event.blob = image.id;
      event.bytes = FrameSize.BYTES;
      event.failure = failure == null ? null : failure.toString();
      event.commit();
    }
    if (failure instanceof DamagedImageException damaged) {
      Damage.tell(pool.store(), damaged.corruption());
      throw damaged.corruption();
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Point reads of blobs that do not come into memory for it. */
  public ColdReads cold() {
    return cold;
  }

  /** Whether an image can come without another one having to go. */
  boolean hasRoom() {
    return growth.isPossible() || hasSpare(FramePool.WRITER_FRAMES + 1);
  }

  /** A place for the cache of pages: a spare one, or that of a clean image; null = not now. */
  @Nullable PooledFrame placeForPages() {
    long stamp = ledger.enter();
    try {
      if (!hasSpare(FramePool.WRITER_FRAMES + 1)) {
        PooledFrame victim = pool.victim();
        BlobImage owner = victim == null ? null : victim.owner;
        if (victim == null || owner == null) {
          return null;
        }
        boolean clean = !victim.dirty;
        try {
          if (clean) {
            evict(owner, victim, false);
          }
        } finally {
          owner.release();
        }
        if (!clean) {
          return null;
        }
      }
      return pool.takePlace();
    } finally {
      ledger.leave(stamp);
    }
  }

  /** Lets go of what an operation pinned, and of its turn. */
  public void release(Pins pins) {
    unpin(pins);
    scarcity.giveTurnBack(pins);
  }

  private void unpin(Pins pins) {
    if (!pins.isEmpty()) {
      long stamp = ledger.enter();
      try {
        pins.release();
      } finally {
        ledger.leave(stamp);
      }
      scarcity.stepped();
    }
  }

  /** Whether so many places are free; a hint outside the gate, exact inside it, alone. */
  public boolean hasSpare(int wanted) {
    return pool.freePlaces() >= wanted;
  }

  /** What a change is promised that may take so many places: no more than the pool can spare. */
  public int framesFor(int atMost) {
    return Math.min(atMost, Math.max(2 * FramePool.SPARE_FRAMES, limitFrames / 4));
  }

  /** Promises a change so many places; inside the gate, until {@link #endPromise}. */
  public boolean promise(int frames) {
    return pool.promise(frames);
  }

  /** The change has ended. */
  public void endPromise(int frames) {
    pool.endPromise(frames);
    scarcity.stepped();
  }

  /**
   * Makes so many places free, with images leaving memory, or waits for others to let go of some.
   * Where the operation alone needs more than there is, places are made beyond the limit unless it
   * is to stay within that.
   *
   * @param pins what the operation has pinned: it is pinned no more if the operation had to wait
   * @return false when it is to stay within the limit, and only what it pins itself is in the way
   */
  public boolean ensureSpare(int wanted, Pins pins) throws IOException {
    boolean made = tryEnsureSpare(wanted, pins);
    if (!made && pins.mayExceed) {
      growth.beyondLimit(wanted);
    }
    return made || pins.mayExceed;
  }

  /** False when what is in memory is all the operation's own. */
  private boolean tryEnsureSpare(int wanted, Pins pins) throws IOException {
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
      boolean stuck = false;
      long stamp = ledger.enter();
      try {
        while (!hasSpare(wanted)) {
          PooledFrame victim = pool.victim();
          BlobImage owner = victim == null ? null : victim.owner;
          if (victim == null || owner == null) {
            stuck = true;
            break;
          }
          boolean dirty = victim.dirty;
          stuck = dirty && !images.writable();
          try {
            if (!dirty) {
              evict(owner, victim, false);
            } else if (!stuck) {
              victim.hold();
              held = victim;
            }
          } finally {
            owner.release();
          }
          if (dirty) {
            break;
          }
        }
      } finally {
        ledger.leave(stamp);
      }
      if (held != null) {
        spill(held, images);
      } else if (stuck && !await(wanted, pins, images)) {
        return false;
      }
    }
    return true;
  }

  /** Nothing can leave memory now; false when nothing will. */
  private boolean await(int wanted, Pins pins, ImageStore images) throws IOException {
    if (!images.writable()) {
      growth.beyondLimit(wanted); // what was replayed stays in memory
      return true;
    }
    if (scarcity.awaitRound()) {
      return true;
    }
    if (!pins.hasTurn) {
      queue(pins);
      return true;
    }
    return scarcity.await(ledger, () -> pool.outlook(pins));
  }

  private void queue(Pins pins) {
    unpin(pins);
    scarcity.takeTurn(pins);
  }

  /** Under the ledger, with the image's latch. */
  private void evict(BlobImage owner, PooledFrame image, boolean spilled) {
    evictions.increment();
    FrameEvict event = new FrameEvict();
    if (event.shouldCommit()) {
      event.store = owner.store;
      event.blob = owner.id;
      event.spilled = spilled;
      event.old = owner instanceof OldImage;
      event.commit();
    }
    pool.images().uninstall(owner, image);
    PooledFrame idle = cold.imageLeft();
    if (idle != null) {
      pool.giveBack(idle);
    }
  }

  /** INVARIANT P3: the write returns before the image leaves memory. */
  private void spill(PooledFrame image, ImageStore images) throws IOException {
    FrameSpill event = new FrameSpill();
    event.begin();
    long blob = FrameHeader.blob(image.frame.segment, image.frame.base);
    StoredImage stored = null;
    try {
      inFlight.begin();
      try {
        stored = images.write(image, ImageStore.Purpose.SPILL);
      } finally {
        inFlight.end();
      }
    } finally {
      long stamp = ledger.enter();
      try {
        noteSpilled(image, stored, images);
        // ORDER: noted, then let go: who has the latch and meets no hold asks nothing more (P6).
        if (image.letGo()) {
          leaveAfterSpill(image);
        }
      } finally {
        ledger.leave(stamp);
      }
      scarcity.stepped();
      event.end();
      if (event.shouldCommit()) {
        event.store = pool.store();
        event.blob = blob;
        event.bytes = FrameSize.BYTES;
        event.failure = stored == null ? "not written" : null;
        event.commit();
      }
    }
  }

  /** Under the ledger; {@code stored} is null when the write failed. */
  private void noteSpilled(PooledFrame image, @Nullable StoredImage stored, ImageStore images) {
    BlobImage owner = image.owner;
    if (stored != null && owner != null && image.dirty) {
      spills.increment();
      pool.images().clean(owner, image, stored);
    } else if (stored != null) {
      images.superseded(stored);
    }
  }

  /** Under the ledger, when nobody holds the image any more. */
  private void leaveAfterSpill(PooledFrame image) {
    BlobImage owner = image.owner;
    if (owner == null) {
      pool.giveBack(image);
    } else if (!image.dirty && owner.pins == 0 && owner.tryHold(owner.optimistic())) {
      try {
        evict(owner, image, true);
      } finally {
        owner.release();
      }
    }
  }

  // A checkpoint holds images; who finds no victim waits for it rather than exceed the limit.

  public void roundBegins() {
    scarcity.roundBegins();
  }

  public void roundLetGo() {
    scarcity.roundLetGo();
  }

  public void roundEnds() {
    scarcity.roundEnds();
  }

  /** False when no round is under way: nothing would come of waiting. */
  final boolean awaitRound() {
    return scarcity.awaitRound();
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

  /** Frames that a pool of so many bytes can have. */
  public static int framesWithin(long bytes) {
    return (int) Math.min(Integer.MAX_VALUE, FrameMemory.framesWithin(bytes));
  }

  public int limitFrames() {
    return limitFrames;
  }
}
