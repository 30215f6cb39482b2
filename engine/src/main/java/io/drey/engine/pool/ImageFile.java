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
import io.drey.engine.store.FrameFile;
import io.drey.engine.store.ManifestChange;
import io.drey.engine.store.ManifestLog;
import io.drey.engine.store.ManifestState;
import io.drey.engine.store.SlotSet;
import io.drey.engine.store.StoredImage;
import io.drey.vfs.Caching;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Images on disk: sealing, writing, reading and verifying them, and the life of their slots.
 *
 * <p>A slot that a checkpoint under way is going to name is <em>claimed</em>: when its image is
 * superseded meanwhile, the slot is given up only after the checkpoint has ended. Thread-safe; no
 * lock is held over I/O.
 */
public class ImageFile implements FramePool.SlotRelease {
  private final FrameFile file;
  final SlotSet slots;
  private final @Nullable ManifestLog manifest;

  final Object lock = new Object();
  private final BitSet claimed = new BitSet();
  private final BitSet superseded = new BitSet();

  /** Slots of images that snapshots need; a commit that no longer names one does not free it. */
  private final BitSet retained = new BitSet();

  private final AtomicLong epoch;
  private final LongAdder written = new LongAdder();

  /**
   * @param manifest where commits go, null = the store is open for reads alone
   * @param epoch above that of every image in the file
   */
  public ImageFile(FrameFile file, SlotSet slots, @Nullable ManifestLog manifest, long epoch) {
    this.file = file;
    this.slots = slots;
    this.manifest = manifest;
    this.epoch = new AtomicLong(epoch);
  }

  /** Whether images can be written at all. */
  boolean writable() {
    return manifest != null;
  }

  /** Begins the next epoch; inside the gate, alone. */
  public void raiseEpoch() {
    epoch.incrementAndGet();
  }

  /** Reads the image of a blob and verifies it to the last bit. */
  void read(long blob, StoredImage stored, Frame into) throws IOException {
    MemorySegment memory = memory(into);
    int got = file.read(stored.slot(), memory);
    if (got < memory.byteSize()) {
      throw damage(Check.FILE_LENGTH, stored, got, "the file ends inside the image");
    }
    FrameSeal.Finding finding =
        FrameSeal.verify(into, blob, stored.slot(), stored.epoch(), stored.headerChecksum());
    if (finding != null) {
      throw damage(finding.check(), stored, finding.offset(), finding.detail());
    }
  }

  private DamagedImageException damage(Check check, StoredImage stored, long at, String detail) {
    return new DamagedImageException(
        new CorruptionException(
            check, file.path(), file.offset(stored.slot()) + at, stored.blob(), detail));
  }

  /** Whether a commit under way is going to name the image. */
  enum Purpose {
    SPILL,
    CHECKPOINT
  }

  /** Seals an image that is held and writes it to a slot that no manifest names. */
  StoredImage write(PooledFrame image, Purpose purpose) throws IOException {
    long slot = slots.take();
    boolean done = false;
    image.sealing.lock();
    try {
      StoredImage stored = seal(image, slot);
      file.write(slot, memory(image.frame));
      if (purpose == Purpose.CHECKPOINT) {
        claim(stored);
      }
      done = true;
      return stored;
    } finally {
      image.sealing.unlock();
      if (!done) {
        slots.abandon(slot);
      }
    }
  }

  /** Seals an image that is held; its sealing lock is held too. */
  final StoredImage seal(PooledFrame image, long slot) {
    long sealedIn = epoch.get();
    int checksum = FrameSeal.seal(image.exclusive, slot, sealedIn);
    written.increment();
    return new StoredImage(slot, sealedIn, checksum, RowReader.read(image.frame));
  }

  private static MemorySegment memory(Frame frame) {
    return frame.segment.asSlice(frame.base, FrameSize.BYTES);
  }

  /** The figures in the header of a stored image; null when the slot holds another by now. */
  public @Nullable BlobFigures figures(StoredImage stored) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment page = arena.allocate(FrameSize.PAGE_BYTES, FrameSize.PAGE_BYTES);
      int got = file.readPage(stored.slot(), page);
      boolean same =
          got == page.byteSize()
              && FrameHeader.blob(page, 0) == stored.blob()
              && FrameHeader.headerCrc(page, 0) == stored.headerChecksum();
      return same ? BlobFigures.of(stored.blob(), page, 0) : null;
    }
  }

  /**
   * Reads every image that the manifest names and verifies it, and the slots against the manifest.
   * While no commit is under way.
   */
  public List<Violation> check(ManifestState state) throws IOException {
    List<Violation> found = new ArrayList<>();
    for (String wrong : slots.check(state.slots())) {
      found.add(Violation.inFile(Check.SLOT_MAP, file.path(), Violation.NONE, wrong));
    }
    List<StoredImage> named = new ArrayList<>();
    state.forEach(named::add);
    try (Arena arena = Arena.ofConfined()) {
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

  void claim(StoredImage stored) {
    synchronized (lock) {
      claimed.set((int) stored.slot());
    }
  }

  @Override
  public void superseded(StoredImage stored) {
    synchronized (lock) {
      retained.clear((int) stored.slot());
      end((int) stored.slot());
    }
  }

  /** Nobody needs the slot's image but a commit under way that is going to name it. */
  final void end(int slot) {
    if (claimed.get(slot)) {
      superseded.set(slot);
    } else {
      giveUp(slot);
    }
  }

  private void giveUp(int slot) {
    if (slots.stateOf(slot) == SlotSet.SlotState.RETIRED) {
      slots.release(new long[] {slot});
    } else {
      slots.abandon(slot);
    }
  }

  @Override
  public void retain(StoredImage stored) {
    synchronized (lock) {
      retained.set((int) stored.slot());
    }
  }

  /** Returns when every image written before the call is on stable storage. */
  public void force() throws IOException {
    file.force();
  }

  /** Commits to the manifest; on return the slots it no longer names are free. */
  public void commit(ManifestChange change) throws IOException {
    ManifestLog log = manifest;
    if (log == null) {
      throw new IllegalStateException("open for reads alone");
    }
    SlotSet.Attempt attempt = slots.attempt(change.slots());
    long[] replaced;
    try {
      replaced = log.commit(change);
    } catch (IOException | RuntimeException | Error e) {
      attempt.failed();
      throw e;
    }
    synchronized (lock) {
      attempt.committed(replaced);
      endClaims();
      slots.release(LongStream.of(replaced).filter(slot -> !isKept((int) slot)).toArray());
    }
  }

  /** Whether a slot's image is needed whatever commits name. */
  boolean isKept(int slot) {
    return retained.get(slot);
  }

  /** The fewest slots, from the file's beginning, that can hold so many images. */
  public long packedLength(long images) {
    return images;
  }

  /** The checkpoint has failed: what it claimed is as good as spilled. */
  public void endClaims() {
    synchronized (lock) {
      for (int slot = superseded.nextSetBit(0); slot >= 0; slot = superseded.nextSetBit(slot + 1)) {
        giveUp(slot);
      }
      claimed.clear();
      superseded.clear();
    }
  }

  /** Cuts the file behind the last slot in use. */
  public void trim() throws IOException {
    file.trim(slots);
  }

  public SlotSet slots() {
    return slots;
  }

  public FrameFile file() {
    return file;
  }

  /** How the data file is really accessed. */
  public TreeStats.DataAccess access() {
    return file.caching() == Caching.DIRECT
        ? TreeStats.DataAccess.DIRECT
        : TreeStats.DataAccess.BUFFERED;
  }

  /** Images written since the store was opened. */
  public long written() {
    return written.sum();
  }
}
