package io.drey.engine.pool;

import io.drey.engine.art.RowSource;
import io.drey.engine.frame.EntryRow;
import io.drey.engine.frame.ExclusiveFrame;
import io.drey.engine.frame.Frame;
import io.drey.engine.frame.LatchedFrame;
import io.drey.engine.frame.RowReader;
import io.drey.engine.frame.WritableFrames;
import io.drey.engine.latch.FrameLatch;
import io.drey.engine.latch.Pause;
import io.drey.engine.store.StoredImage;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The frames in memory and the blobs they hold: the port that walkers see who are alone inside the
 * gate, and what a {@link WriteSet} beside others stands on.
 *
 * <p>Loading, spilling and growing are {@link Residency}'s part. A place is free, current (walks
 * see it), or only held (an older image that a checkpoint still reads).
 */
public final class FramePool implements WritableFrames, RowSource, AutoCloseable {
  /** Frames that one change of one key may need at most: copies, splits on the way, a new leaf. */
  public static final int SPARE_FRAMES = 6;

  /**
   * Free or clean places that no change takes: where a full disk keeps changed images in memory,
   * reads go on in these.
   */
  public static final int READER_FRAMES = 4;

  /** Free places that a change finds before it begins. */
  public static final int WRITER_FRAMES = SPARE_FRAMES + READER_FRAMES;

  /**
   * Spins before who waits for an epoch to end sleeps, several times what that takes: who gives its
   * processor up may get it back milliseconds later.
   */
  private static final int EPOCH_SPINS = 4_000;

  private final Gate gate;
  private final Ledger ledger;
  private final Places places;
  private final BlobTable blobs;
  private final Epochs epochs = new Epochs();
  private final Images images;
  private @Nullable PooledFrame scratch;
  private long rootBlob;

  /** Subtrees that were moved or cut since the store was opened. */
  private volatile long moves;

  /** What becomes of slots when the tree goes on. */
  public interface SlotRelease {
    /** There are no slots: memory is all there is. */
    SlotRelease NONE =
        new SlotRelease() {
          @Override
          public void superseded(StoredImage stored) {}

          @Override
          public void retain(StoredImage stored) {}
        };

    /** The image is no longer the current one of its blob, nor one that a snapshot needs. */
    void superseded(StoredImage stored);

    /** A snapshot needs the image, whatever commits name: until it is superseded. */
    void retain(StoredImage stored);
  }

  public FramePool(Gate gate, SlotRelease slots) {
    this(gate, slots, new Places());
  }

  private FramePool(Gate gate, SlotRelease slots, Places places) {
    this.gate = gate;
    this.ledger = new Ledger(gate);
    this.blobs = new BlobTable(gate.store());
    this.places = places;
    this.images = new Images(ledger, slots, places, blobs, epochs);
  }

  /** A pool whose frames stand in the slots of a mapped file. */
  public static FramePool mapped(Gate gate, MappedImages images) {
    return new FramePool(gate, images, images.places());
  }

  // What walkers see.

  @Override
  public @Nullable Frame resident(long blob) {
    Blob found = blobs.seen(blob);
    Frame frame = found == null ? null : found.frame();
    if (frame != null) {
      places.touch(frame);
    }
    return frame;
  }

  @Override
  public @Nullable LatchedFrame latched(long blob) {
    Blob found = blobs.seen(blob);
    if (found != null) {
      Frame frame = found.frame();
      if (frame != null) {
        places.touch(frame);
      }
    }
    return found;
  }

  @Override
  public boolean isMine(LatchedFrame latch) {
    return gate.isAlone();
  }

  @Override
  public boolean hold(LatchedFrame latch, long stamp) {
    gate.hold(latch);
    return true;
  }

  @Override
  public ExclusiveFrame writable(long id) {
    Blob blob = blobs.get(id);
    gate.hold(blob);
    return images.changeable(blob, epochs.now(), null);
  }

  @Override
  public ExclusiveFrame create(int entryCapacity) {
    Blob blob = blobs.add(epochs.now());
    gate.hold(blob);
    return images.begin(blob, entryCapacity);
  }

  @Override
  public void free(long id) {
    Blob blob = blobs.get(id);
    gate.hold(blob);
    images.end(blob);
  }

  @Override
  public ExclusiveFrame scratch() {
    PooledFrame place = scratch;
    if (place == null) {
      place = places.takeMemory();
      scratch = place;
    }
    return place.exclusive;
  }

  @Override
  public long store() {
    return gate.store();
  }

  @Override
  public long rootBlob() {
    return rootBlob;
  }

  public void rootBlob(long blob) {
    rootBlob = blob;
  }

  @Override
  public long moves() {
    return moves;
  }

  /** A subtree has moved: what was read on the way to it is void. Inside the gate, alone. */
  public void moved() {
    assert gate.isAlone();
    long before = moves;
    moves = before + 1;
  }

  @Override
  public EntryRow row(LatchedFrame owner, int entry) {
    Frame frame = owner.frame();
    if (frame != null) {
      return RowReader.row(frame, entry);
    }
    BlobImage image = (BlobImage) owner;
    StoredImage stored = image.stored;
    if (stored != null) {
      for (EntryRow row : stored.rows().entries()) {
        if (row.number() == entry) {
          return row;
        }
      }
    }
    throw new IndexOutOfBoundsException("blob " + image.id + " has no entry " + entry);
  }

  /** All blobs; under the ledger, or alone. */
  public BlobTable blobs() {
    return blobs;
  }

  public Ledger ledger() {
    return ledger;
  }

  // What stands where.

  /** Which image stands where; for those who change it. */
  Images images() {
    return images;
  }

  PooledFrame takeScratch() {
    ledger.take();
    try {
      return places.takeMemory();
    } finally {
      ledger.giveBack();
    }
  }

  void giveScratchBack(PooledFrame place) {
    ledger.take();
    try {
      places.giveBack(place);
    } finally {
      ledger.giveBack();
    }
  }

  // Under the ledger, or alone.

  /** A place that is promised to no change, or null. */
  @Nullable PooledFrame takePlace() {
    return places.takeUnpromised();
  }

  /** Promises a change so many places, and leaves some to readers; inside the gate. */
  boolean promise(int wanted) {
    return places.promise(wanted, READER_FRAMES);
  }

  void endPromise(int wanted) {
    places.endPromise(wanted);
  }

  Scarcity.Outlook outlook(Pins pins) {
    return places.outlook(blobs.find(rootBlob), pins);
  }

  PooledFrame takeMemory() {
    return places.takeMemory();
  }

  void giveBack(PooledFrame place) {
    places.giveBack(place);
  }

  /** The place in which a stored image stands; null = nowhere in memory. */
  @Nullable PooledFrame home(StoredImage stored) {
    return places.home(stored);
  }

  List<FrameMemory.Place> allocate(int atMost) {
    return places.allocate(atMost);
  }

  void addPlaces(List<FrameMemory.Place> grown) {
    places.add(grown);
  }

  /** A place to evict, its blob's latch held; null when there is none. */
  @Nullable PooledFrame victim() {
    return places.victim(blobs.find(rootBlob));
  }

  // Epochs and snapshots.

  /** The epoch that a change belongs to which begins now. */
  public long epoch() {
    return epochs.now();
  }

  /** Whether an epoch has ended, or does now. */
  public boolean isOver(long epoch) {
    return epochs.isEnding() || epochs.now() != epoch;
  }

  /** Joins an epoch, for a change beside others; 0 = it has ended, or does now. */
  long tryJoin(long epoch) {
    return epochs.tryJoin(epoch);
  }

  /**
   * Waits while an epoch ends; outside the gate. False when none does.
   *
   * <p>WHY not parked: it takes microseconds, and to be woken may take a thousand times as long.
   */
  public boolean awaitEpoch() {
    boolean ends = false;
    for (int turn = 0; epochs.isEnding(); turn++) {
      ends = true;
      if (turn < EPOCH_SPINS) {
        Thread.onSpinWait();
      } else {
        Pause.take(turn);
      }
    }
    return ends;
  }

  void leave(long joined) {
    epochs.leave(joined);
  }

  /** Does something alone inside the gate. */
  void alone(Runnable work) {
    long stamp = gate.enter();
    try {
      work.run();
    } finally {
      gate.leave(stamp);
    }
  }

  /** Ends the epoch: closes the gate to those who want to be alone; outside the gate. */
  public EpochEnd endEpoch() {
    return new EpochEnd(gate, this, epochs);
  }

  /** Lets go of the images that only this snapshot needed. Inside the gate. */
  public void closeSnapshot(long snapshot) {
    images.closeSnapshot(snapshot);
  }

  /** As {@link #latched(long)}, of the blob as a snapshot sees it. */
  public @Nullable LatchedFrame latched(long snapshot, long blob) {
    BlobImage image = images.at(snapshot, blob);
    Frame frame = image == null ? null : image.frame();
    if (frame != null) {
      places.touch(frame);
    }
    return image;
  }

  /** As {@link #stamp}: none when the blob is by now another one than the snapshot sees. */
  public long stamp(long snapshot, LatchedFrame latch) {
    long stamp = latch.optimistic();
    return latch instanceof Blob blob && blob.since > snapshot ? FrameLatch.NO_STAMP : stamp;
  }

  /** Snapshots that are open. */
  public int snapshots() {
    return epochs.snapshots();
  }

  /** Images that only snapshots need. */
  public int oldImages() {
    return epochs.kept();
  }

  // Figures.

  /** Whether anything changed since the last capture. */
  public boolean hasChanges() {
    long stamp = ledger.enter();
    try {
      return blobs.hasChanges();
    } finally {
      ledger.leave(stamp);
    }
  }

  /**
   * The figures of every blob; of a blob that was never in memory the place of its image instead.
   * Touches no mark of use. A blob that changes meanwhile is told as it was before, after or
   * between. Under the ledger.
   */
  public void figures(Consumer<BlobFigures> known, Consumer<StoredImage> unknown) {
    blobs.forEach(blob -> {
      PooledFrame image = blob.image;
      BlobFigures figures = blob.figures;
      StoredImage stored = blob.stored;
      if (image != null) {
        known.accept(BlobFigures.of(blob.id, image.frame.segment, image.frame.base));
      } else if (figures != null) {
        known.accept(figures);
      } else if (stored != null) {
        unknown.accept(stored);
      }
    });
  }

  /** Blobs made, each by a split or for one large record. */
  public long splits() {
    return images.created();
  }

  /** Blobs that went, joined with another one or emptied. */
  public long merges() {
    return images.freed();
  }

  public int freePlaces() {
    return places.free();
  }

  public int places() {
    return places.count();
  }

  public int dirtyFrames() {
    return images.dirtyCount();
  }

  /** What the directory rows of blobs on disk take, about; under the ledger. */
  public long directoryBytes() {
    long[] bytes = {0};
    blobs.forEach(blob -> {
      StoredImage stored = blob.stored;
      bytes[0] += stored == null ? 0 : stored.rows().memoryBytes();
    });
    return bytes[0];
  }

  public long memoryBytes() {
    return places.bytes();
  }

  /** Releases the memory. The gate is closed for good and no I/O on frames is under way. */
  @Override
  public void close() {
    places.close();
  }
}
