package io.drey.engine.pool;

import io.drey.engine.art.RowSource;
import io.drey.engine.frame.EntryRow;
import io.drey.engine.frame.ExclusiveFrame;
import io.drey.engine.frame.Frame;
import io.drey.engine.frame.Frames;
import io.drey.engine.frame.LatchedFrame;
import io.drey.engine.frame.RowReader;
import io.drey.engine.layout.FrameHeader;
import io.drey.engine.layout.FrameSize;
import io.drey.engine.store.StoredImage;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The frames in memory and the blobs they hold: the port that walkers see.
 *
 * <p>All methods of {@link Frames} are called inside the {@link Gate}: reading ones shared,
 * changing ones alone. Loading, spilling and growing are {@link Residency}'s part. A place is free,
 * current (walks see it), or only held (an older image that a checkpoint still reads).
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

  private static final int FIRST_FRAMES = 8;

  private final Gate gate;
  private final FrameMemory memory = new FrameMemory();
  private final SlotRelease slots;

  private PooledFrame[] places = new PooledFrame[0];
  private Frame[] frames = new Frame[0];
  private byte[] used = new byte[0];
  private int[] free = new int[0];
  private int freeCount;

  private final BlobTable blobs = new BlobTable();
  private @Nullable PooledFrame scratch;
  private long rootBlob;
  private int hand;
  private int dirtyCount;
  private long created;
  private long freed;

  /** What becomes of a slot whose image is no longer anybody's current one. */
  public interface SlotRelease {
    void superseded(StoredImage stored);
  }

  public FramePool(Gate gate, SlotRelease slots) {
    this.gate = gate;
    this.slots = slots;
    addPlaces(memory.grow(FIRST_FRAMES));
  }

  // What walkers see.

  @Override
  public Frame at(int index) {
    return frames[index];
  }

  @Override
  public @Nullable Frame resident(long blob) {
    Blob found = blobs.find(blob);
    Frame frame = found == null ? null : found.frame();
    if (frame != null) {
      touch(frame);
    }
    return frame;
  }

  @Override
  public @Nullable LatchedFrame latched(long blob) {
    Blob found = blobs.seen(blob);
    if (found != null) {
      Frame frame = found.frame();
      if (frame != null) {
        touch(frame);
      }
    }
    return found;
  }

  /** Marks a use. From any thread at any time: a mark may get lost, and no more. */
  private void touch(Frame frame) {
    byte[] marks = used;
    int index = frame.index;
    if (index < marks.length && marks[index] == 0) {
      marks[index] = 1;
    }
  }

  @Override
  public ExclusiveFrame writable(long id) {
    Blob blob = blobs.get(id);
    PooledFrame image = blob.image;
    if (image == null) {
      throw new IllegalStateException("blob " + id + " is not in memory");
    }
    gate.hold(blob);
    if (image.holds > 0) {
      image = copyOf(blob, image);
    }
    if (!image.dirty) {
      image.dirty = true;
      dirtyCount++;
    }
    supersede(blob);
    blobs.change(blob);
    return image.exclusive;
  }

  @Override
  public ExclusiveFrame create(int entryCapacity) {
    Blob blob = blobs.add();
    created++;
    PooledFrame place = take();
    place.occupy(blob.id, true);
    dirtyCount++;
    used[place.frame.index] = 1;
    gate.hold(blob);
    blob.install(place);
    blobs.change(blob);
    place.exclusive.format(blob.id, entryCapacity);
    return place.exclusive;
  }

  @Override
  public void free(long id) {
    Blob blob = blobs.get(id);
    supersede(blob);
    gate.hold(blob);
    PooledFrame image = blob.image;
    if (image != null) {
      uninstall(blob, image);
    }
    blob.retire();
    blobs.remove(blob);
    freed++;
  }

  @Override
  public ExclusiveFrame scratch() {
    PooledFrame place = scratch;
    if (place == null) {
      place = take();
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

  @Override
  public EntryRow row(long id, int entry) {
    Blob blob = blobs.find(id);
    if (blob == null) {
      throw new IndexOutOfBoundsException("an edge leads to blob " + id + ", which is none");
    }
    PooledFrame image = blob.image;
    if (image != null) {
      return RowReader.row(image.frame, entry);
    }
    StoredImage stored = blob.stored;
    if (stored != null) {
      for (EntryRow row : stored.rows().entries()) {
        if (row.number() == entry) {
          return row;
        }
      }
    }
    throw new IndexOutOfBoundsException("blob " + id + " has no entry " + entry);
  }

  /** The blob whose image stands in a frame. */
  public long blobOf(ExclusiveFrame frame) {
    return places[frame.frame().index].blob;
  }

  /** All blobs, for captures, checks and statistics; inside the gate. */
  public BlobTable blobs() {
    return blobs;
  }

  // Places.

  private PooledFrame copyOf(Blob blob, PooledFrame old) {
    PooledFrame copy = take();
    int bytes = FrameHeader.bump(old.frame.segment, old.frame.base);
    MemorySegment.copy(
        old.frame.segment, old.frame.base, copy.frame.segment, copy.frame.base, bytes);
    copy.occupy(blob.id, true);
    dirtyCount++;
    used[copy.frame.index] = 1;
    uninstall(blob, old);
    blob.install(copy);
    return copy;
  }

  /** A free place; beyond the limit when none is left, so that a change under way cannot fail. */
  PooledFrame take() {
    if (freeCount == 0) {
      addPlaces(memory.grow(FIRST_FRAMES));
    }
    return places[free[--freeCount]];
  }

  void giveBack(PooledFrame place) {
    place.vacate();
    free[freeCount++] = place.frame.index;
  }

  /** Allocates memory for more places, at most so many; outside the gate. */
  List<FrameMemory.Place> allocate(int atMost) {
    return memory.grow(atMost);
  }

  /** Adds places, all free; inside the gate, alone. */
  void addPlaces(List<FrameMemory.Place> grown) {
    int index = places.length;
    int count = index + grown.size();
    places = Arrays.copyOf(places, count);
    frames = Arrays.copyOf(frames, count);
    used = Arrays.copyOf(used, count);
    free = Arrays.copyOf(free, count);
    for (FrameMemory.Place place : grown) {
      Frame frame = new Frame(place.segment(), place.base(), index);
      frames[index] = frame;
      places[index] = new PooledFrame(frame);
      free[freeCount++] = index;
      index++;
    }
  }

  /** Makes a loaded image current. */
  void install(Blob blob, PooledFrame place) {
    place.occupy(blob.id, false);
    used[place.frame.index] = 1;
    gate.hold(blob);
    blob.install(place);
  }

  /** Takes the current image from the blob; the place is free at once unless it is held. */
  void uninstall(Blob blob, PooledFrame image) {
    gate.hold(blob);
    image.current = false;
    blob.figures = BlobFigures.of(blob.id, image.frame.segment, image.frame.base);
    blob.install(null);
    if (image.dirty) {
      image.dirty = false;
      dirtyCount--;
    }
    if (image.holds == 0) {
      giveBack(image);
    }
  }

  /** The image now also lies on disk as {@code stored}. */
  void clean(Blob blob, PooledFrame image, StoredImage stored) {
    blob.stored = stored;
    if (image.dirty) {
      image.dirty = false;
      dirtyCount--;
    }
  }

  void release(PooledFrame image) {
    image.holds--;
    if (image.holds == 0 && !image.current) {
      giveBack(image);
    }
  }

  private void supersede(Blob blob) {
    StoredImage stored = blob.stored;
    if (stored != null) {
      blob.stored = null;
      slots.superseded(stored);
    }
  }

  /**
   * A place to evict by second chance: an image that is not held or pinned, clean where there is
   * one in one and a half turns of the hand, else dirty; null when there is none at all.
   */
  @Nullable PooledFrame victim() {
    PooledFrame dirtyVictim = null;
    for (int step = 0; step < 2 * places.length; step++) {
      hand = hand + 1 >= places.length ? 0 : hand + 1;
      PooledFrame place = places[hand];
      if (!place.current || place.holds > 0 || place.blob == rootBlob) {
        continue;
      }
      if (blobs.get(place.blob).pins > 0) {
        continue;
      }
      if (used[hand] != 0) {
        used[hand] = 0;
      } else if (!place.dirty) {
        return place;
      } else if (dirtyVictim == null) {
        dirtyVictim = place;
      }
    }
    return dirtyVictim;
  }

  // Figures.

  /**
   * The figures of every blob; of a blob that was never in memory the place of its image instead.
   * Inside the gate; touches no mark of use.
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
    return freeCount;
  }

  public int places() {
    return places.length;
  }

  public int dirtyFrames() {
    return dirtyCount;
  }

  public long memoryBytes() {
    return memory.bytes();
  }

  public long frameBytes() {
    return FrameSize.BYTES;
  }

  Gate gate() {
    return gate;
  }

  /** Releases the memory. The gate is closed for good and no I/O on frames is under way. */
  @Override
  public void close() {
    memory.close();
  }
}
