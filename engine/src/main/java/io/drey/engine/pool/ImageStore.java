package io.drey.engine.pool;

import io.drey.Check;
import io.drey.CorruptionException;
import io.drey.TreeStats;
import io.drey.Violation;
import io.drey.engine.frame.Frame;
import io.drey.engine.frame.FrameSeal;
import io.drey.engine.frame.RowReader;
import io.drey.engine.layout.FrameHeader;
import io.drey.engine.layout.FrameSize;
import io.drey.engine.store.ManifestChange;
import io.drey.engine.store.ManifestState;
import io.drey.engine.store.SlotSet;
import io.drey.engine.store.StoredImage;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Where images lie that are not, or not only, in memory: sealing, writing, reading and verifying
 * them, and the commits that say which image of which blob is the durable one.
 *
 * <p>Every image gets a slot of its own, which is sealed into it. A slot that a checkpoint under
 * way is going to name is <em>claimed</em>: when its image is superseded meanwhile, the slot is
 * given up only after the checkpoint has ended.
 *
 * <p>Thread-safe; no lock that {@link #superseded}, which is called inside the gate, takes is held
 * over I/O.
 */
public abstract class ImageStore implements FramePool.SlotRelease {
  private final AtomicLong epoch;
  private final LongAdder written = new LongAdder();

  /**
   * @param state what was durable when the store was opened: its images have lower epochs than
   *     those to come
   */
  ImageStore(ManifestState state) {
    long[] highest = {0};
    state.forEach(image -> highest[0] = Math.max(highest[0], image.epoch()));
    this.epoch = new AtomicLong(highest[0] + 1);
  }

  /** What an image is written for. */
  enum Purpose {
    SPILL,
    /** A commit under way is going to name the image. */
    CHECKPOINT
  }

  /** Whether images can be written at all. */
  abstract boolean writable();

  /** Reads the image of a blob and verifies it to the last bit. */
  abstract void read(long blob, StoredImage stored, Frame into) throws IOException;

  /** Seals an image that is held and writes it where no commit names it. */
  abstract StoredImage write(PooledFrame image, Purpose purpose) throws IOException;

  abstract void claim(StoredImage stored);

  /** The figures in the header of a stored image; null when it is gone by now. */
  public abstract @Nullable BlobFigures figures(StoredImage stored) throws IOException;

  /** Returns when every image written before the call is as durable as a commit needs it. */
  public abstract void force() throws IOException;

  /** The state after the last commit; by whoever commits, or while nobody does. */
  public abstract ManifestState state();

  /** Makes a change durable; on return the slots it no longer names are free. */
  public abstract void commit(ManifestChange change) throws IOException;

  /** The checkpoint has failed: what it claimed is as good as spilled. */
  public abstract void endClaims();

  /** Slots up to the last one in use; 0 = there is no file that could be cut behind it. */
  public abstract long trimmedLength();

  /** The fewest slots, from the file's beginning, that can hold so many images. */
  public long packedLength(long images) {
    return images;
  }

  /** Cuts the file behind the last slot in use. */
  public abstract void trim() throws IOException;

  public abstract SlotSet.Counts slotCounts();

  public abstract TreeStats.DataAccess access();

  /** Memory for images on their way, in bytes. */
  public abstract long bufferBytes();

  /** Everything that contradicts the slots' bookkeeping; while no commit is under way. */
  abstract List<Violation> checkSlots();

  /** Begins the next epoch; inside the gate, alone. */
  public final void raiseEpoch() {
    epoch.incrementAndGet();
  }

  final void countWritten() {
    written.increment();
  }

  /** Images written since the store was opened. */
  public final long written() {
    return written.sum();
  }

  /**
   * Reads every image that the last commit names and verifies it, and the slots against the commit.
   * While no commit is under way.
   */
  public final List<Violation> check() throws IOException {
    List<Violation> found = new ArrayList<>(checkSlots());
    List<StoredImage> named = new ArrayList<>();
    state().forEach(named::add);
    try (Arena arena = Arena.ofShared()) {
      MemorySegment memory = arena.allocate(FrameSize.BYTES, FrameSize.PAGE_BYTES);
      Frame frame = new Frame(memory, 0, 0);
      for (StoredImage image : named) {
        try {
          read(image.blob(), image, frame);
        } catch (DamagedImageException e) {
          found.add(e.corruption().violation());
        }
      }
    }
    return found;
  }

  /** Seals an image that is held; its sealing lock is held too. */
  final StoredImage seal(PooledFrame image, long slot) {
    long sealedIn = epoch.get();
    int checksum = FrameSeal.seal(image.exclusive, slot, sealedIn);
    return new StoredImage(slot, sealedIn, checksum, RowReader.read(image.frame));
  }

  final void verify(Frame image, long blob, StoredImage stored) throws DamagedImageException {
    FrameSeal.Finding finding =
        FrameSeal.verify(image, blob, stored.slot(), stored.epoch(), stored.headerChecksum());
    if (finding != null) {
      throw new DamagedImageException(
          damage(finding.check(), stored, finding.offset(), finding.detail()));
    }
  }

  /** The error for damage at byte {@code at} of an image. */
  abstract CorruptionException damage(Check check, StoredImage stored, long at, String detail);

  static MemorySegment memory(Frame frame) {
    return frame.segment.asSlice(frame.base, FrameSize.BYTES);
  }

  /** The figures in a page of memory if it is the first one of the image, else null. */
  static @Nullable BlobFigures figures(StoredImage stored, MemorySegment page) {
    boolean same =
        FrameHeader.blob(page, 0) == stored.blob()
            && FrameHeader.headerCrc(page, 0) == stored.headerChecksum();
    return same ? BlobFigures.of(stored.blob(), page, 0) : null;
  }
}
