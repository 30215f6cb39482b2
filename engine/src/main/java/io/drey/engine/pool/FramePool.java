package io.drey.engine.pool;

import io.drey.engine.art.RowSource;
import io.drey.engine.frame.EntryRow;
import io.drey.engine.frame.ExclusiveFrame;
import io.drey.engine.frame.Frame;
import io.drey.engine.frame.Frames;
import io.drey.engine.frame.LatchedFrame;
import io.drey.engine.frame.RowReader;
import io.drey.engine.layout.FrameHeader;
import io.drey.engine.store.StoredImage;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The frames in memory and the blobs they hold: the port that walkers see who are alone inside the
 * gate, and what a {@link WriteSession} beside others stands on.
 *
 * <p>Loading, spilling and growing are {@link Residency}'s part. A place is free, current (walks
 * see it), or only held (an older image that a checkpoint still reads).
 */
public final class FramePool implements Frames, RowSource, AutoCloseable {
  /** Frames that one change of one key may need at most: copies, splits on the way, a new leaf. */
  public static final int SPARE_FRAMES = 6;

  /**
   * Free or clean places that no change takes: where a full disk keeps changed images in memory,
   * reads go on in these.
   */
  public static final int READER_FRAMES = 4;

  /** Free places that a change finds before it begins. */
  public static final int WRITER_FRAMES = SPARE_FRAMES + READER_FRAMES;

  private final Gate gate;
  private final Ledger ledger;
  private final SlotRelease slots;
  private final Places places = new Places();
  private final BlobTable blobs = new BlobTable();
  private @Nullable PooledFrame scratch;
  private long rootBlob;
  private volatile int dirtyCount;
  private volatile long created;
  private volatile long freed;

  /** Subtrees that were moved or cut since the store was opened. */
  private volatile long moves;

  /** What becomes of a slot whose image is no longer anybody's current one. */
  public interface SlotRelease {
    void superseded(StoredImage stored);
  }

  public FramePool(Gate gate, SlotRelease slots) {
    this.gate = gate;
    this.ledger = new Ledger(gate);
    this.slots = slots;
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
    return changeable(blob);
  }

  @Override
  public ExclusiveFrame create(int entryCapacity) {
    Blob blob = blobs.add();
    gate.hold(blob);
    return begin(blob, entryCapacity);
  }

  @Override
  public void free(long id) {
    Blob blob = blobs.get(id);
    gate.hold(blob);
    end(blob);
  }

  @Override
  public ExclusiveFrame scratch() {
    PooledFrame place = scratch;
    if (place == null) {
      place = places.take();
      scratch = place;
    }
    return place.exclusive;
  }

  @Override
  public long rootBlob() {
    return rootBlob;
  }

  public void rootBlob(long blob) {
    rootBlob = blob;
  }

  /** The stamp of all moves of subtrees: a read is true only if it is the same before and after. */
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
    Blob blob = (Blob) owner;
    StoredImage stored = blob.stored;
    if (stored != null) {
      for (EntryRow row : stored.rows().entries()) {
        if (row.number() == entry) {
          return row;
        }
      }
    }
    throw new IndexOutOfBoundsException("blob " + blob.id + " has no entry " + entry);
  }

  /** The blob whose image stands in a frame. */
  public long blobOf(ExclusiveFrame frame) {
    return places.at(frame.frame()).blob;
  }

  /** All blobs; under the ledger, or alone. */
  public BlobTable blobs() {
    return blobs;
  }

  public Ledger ledger() {
    return ledger;
  }

  // What changes do to blobs and places; the blob's latch is held.

  /**
   * The current image of a blob, to change. Once a blob has changed since the last capture there is
   * nothing to note down, and nothing here is shared with other changes.
   */
  ExclusiveFrame changeable(Blob blob) {
    assert blob.isHeld();
    PooledFrame image = blob.image;
    if (image == null) {
      throw new IllegalStateException("blob " + blob.id + " is not in memory");
    }
    boolean noted = image.holds() == 0 && image.dirty && blob.changed && blob.stored == null;
    return (noted ? image : firstChange(blob, image)).exclusive;
  }

  private PooledFrame firstChange(Blob blob, PooledFrame image) {
    PooledFrame copy = null;
    ledger.take();
    try {
      if (image.holds() > 0) {
        copy = places.take();
        copy.occupy(blob.id, false);
        copy.hold(); // until it is full it is nobody's victim
      }
    } finally {
      ledger.giveBack();
    }
    if (copy != null) {
      int bytes = FrameHeader.bump(image.frame.segment, image.frame.base);
      MemorySegment.copy(
          image.frame.segment, image.frame.base, copy.frame.segment, copy.frame.base, bytes);
    }
    ledger.take();
    try {
      PooledFrame current = image;
      if (copy != null) {
        copy.letGo();
        uninstall(blob, image);
        blob.install(copy);
        places.touch(copy.frame);
        current = copy;
      }
      noteDirty(current, true);
      supersede(blob);
      blobs.change(blob);
      return current;
    } finally {
      ledger.giveBack();
    }
  }

  /** A new blob, which nobody knows yet. */
  Blob add() {
    ledger.take();
    try {
      return blobs.add();
    } finally {
      ledger.giveBack();
    }
  }

  /** Gives a new blob an empty image. */
  ExclusiveFrame begin(Blob blob, int entryCapacity) {
    ledger.take();
    try {
      long before = created;
      created = before + 1;
      PooledFrame place = places.take();
      place.occupy(blob.id, false);
      noteDirty(place, true);
      blob.install(place);
      places.touch(place.frame);
      blobs.change(blob);
      place.exclusive.format(blob.id, entryCapacity);
      return place.exclusive;
    } finally {
      ledger.giveBack();
    }
  }

  /** The blob is gone. */
  void end(Blob blob) {
    ledger.take();
    try {
      supersede(blob);
      PooledFrame image = blob.image;
      if (image != null) {
        uninstall(blob, image);
      }
      blob.retire();
      blobs.remove(blob);
      long before = freed;
      freed = before + 1;
    } finally {
      ledger.giveBack();
    }
  }

  PooledFrame takeScratch() {
    ledger.take();
    try {
      return places.take();
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

  PooledFrame takePlace() {
    return places.take();
  }

  void giveBack(PooledFrame place) {
    places.giveBack(place);
  }

  List<FrameMemory.Place> allocate(int atMost) {
    return places.allocate(atMost);
  }

  void addPlaces(List<FrameMemory.Place> grown) {
    places.add(grown);
  }

  /** Makes a loaded image current. */
  void install(Blob blob, PooledFrame place) {
    place.occupy(blob.id, false);
    places.touch(place.frame);
    blob.install(place);
  }

  /**
   * Takes the current image from the blob, whose latch is held; the place is free at once unless it
   * is held.
   */
  void uninstall(Blob blob, PooledFrame image) {
    image.current = false;
    blob.figures = BlobFigures.of(blob.id, image.frame.segment, image.frame.base);
    blob.install(null);
    noteDirty(image, false);
    if (image.holds() == 0) {
      places.giveBack(image);
    }
  }

  /** The image now also lies on disk as {@code stored}. */
  void clean(Blob blob, PooledFrame image, StoredImage stored) {
    blob.stored = stored;
    noteDirty(image, false);
  }

  private void noteDirty(PooledFrame image, boolean dirty) {
    if (image.dirty != dirty) {
      image.dirty = dirty;
      int before = dirtyCount;
      dirtyCount = dirty ? before + 1 : before - 1;
    }
  }

  void release(PooledFrame image) {
    if (image.letGo() && !image.current) {
      places.giveBack(image);
    }
  }

  private void supersede(Blob blob) {
    StoredImage stored = blob.stored;
    if (stored != null) {
      blob.stored = null;
      slots.superseded(stored);
    }
  }

  /** A place to evict, its blob's latch held; null when there is none. */
  @Nullable PooledFrame victim() {
    return places.victim(blobs, rootBlob);
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
    return created;
  }

  /** Blobs that went, joined with another one or emptied. */
  public long merges() {
    return freed;
  }

  public int freePlaces() {
    return places.free();
  }

  public int places() {
    return places.count();
  }

  public int dirtyFrames() {
    return dirtyCount;
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
