package io.drey.engine.pool;

import io.drey.Check;
import io.drey.CorruptionException;
import io.drey.TreeStats;
import io.drey.Violation;
import io.drey.engine.frame.Frame;
import io.drey.engine.frame.FrameSeal;
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
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Images in the slots of the data file, and the manifest that names them. */
public class ImageFile extends ImageStore {
  private final FrameFile file;
  final SlotSet slots;
  private final ManifestState state;
  private final @Nullable ManifestLog manifest;

  final Object lock = new Object();
  private final BitSet claimed = new BitSet();
  private final BitSet superseded = new BitSet();

  /** Slots of images that snapshots need; a commit that no longer names one does not free it. */
  private final BitSet retained = new BitSet();

  private final ImageNumbers numbers = new ImageNumbers();

  ImageFile(FrameFile file, ManifestState state, @Nullable ManifestLog manifest) {
    super(state);
    this.file = file;
    this.slots = SlotSet.of(state.slots());
    this.state = state;
    this.manifest = manifest;
  }

  /** The images that a manifest names, and those that commits to it are going to name. */
  public static ImageFile writable(FrameFile file, ManifestLog manifest) {
    return new ImageFile(file, manifest.state(), manifest);
  }

  /** The images that a manifest was read to name. */
  public static ImageFile readOnly(FrameFile file, ManifestState state) {
    return new ImageFile(file, state, null);
  }

  @Override
  boolean writable() {
    return manifest != null;
  }

  @Override
  void read(long blob, StoredImage stored, Frame into) throws IOException {
    MemorySegment memory = memory(into);
    int got = file.read(stored.slot(), memory);
    if (got < memory.byteSize()) {
      throw new DamagedImageException(
          damage(Check.FILE_LENGTH, stored, got, "the file ends inside the image"));
    }
    verify(into, blob, stored);
  }

  /** The number of the image in a slot: no other image has it, in this slot or another one. */
  long number(StoredImage stored) {
    return numbers.of(stored.slot());
  }

  /**
   * Reads one page of an image and verifies it.
   *
   * @param header memory at whose beginning the image's first page stands, verified; not read for
   *     that page itself
   * @param into a page of memory that nobody else sees yet
   */
  void readPage(StoredImage stored, int page, MemorySegment header, MemorySegment into)
      throws IOException {
    int from = page * FrameSize.PAGE_BYTES;
    int got = file.readPage(stored.slot(), from, into);
    if (got < FrameSize.PAGE_BYTES) {
      throw new DamagedImageException(
          damage(Check.FILE_LENGTH, stored, from + got, "the file ends inside the image"));
    }
    FrameSeal.Finding finding =
        page > 0
            ? FrameSeal.verifyPage(header, 0, page, into, 0)
            : FrameSeal.verifyHeader(
                into, 0, stored.blob(), stored.slot(), stored.epoch(), stored.headerChecksum());
    if (finding != null) {
      throw new DamagedImageException(
          damage(finding.check(), stored, finding.offset(), finding.detail()));
    }
  }

  @Override
  CorruptionException damage(Check check, StoredImage stored, long at, String detail) {
    return new CorruptionException(
        check, file.path(), file.offset(stored.slot()) + at, stored.blob(), detail);
  }

  @Override
  StoredImage write(PooledFrame image, Purpose purpose) throws IOException {
    long slot = slots.take();
    boolean done = false;
    image.sealing.lock();
    try {
      StoredImage stored = seal(image, slot);
      numbers.next(slot);
      file.write(slot, memory(image.frame));
      countWritten();
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

  @Override
  public @Nullable BlobFigures figures(StoredImage stored) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment page = arena.allocate(FrameSize.PAGE_BYTES, FrameSize.PAGE_BYTES);
      int got = file.readPage(stored.slot(), page);
      return got == page.byteSize() ? figures(stored, page) : null;
    }
  }

  @Override
  List<Violation> checkSlots() {
    List<Violation> found = new ArrayList<>();
    for (String wrong : slots.check(state.slots())) {
      found.add(Violation.inFile(Check.SLOT_MAP, file.path(), Violation.NONE, wrong));
    }
    return found;
  }

  @Override
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

  @Override
  public void force() throws IOException {
    file.force();
  }

  @Override
  public ManifestState state() {
    return state;
  }

  @Override
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

  @Override
  public void endClaims() {
    synchronized (lock) {
      for (int slot = superseded.nextSetBit(0); slot >= 0; slot = superseded.nextSetBit(slot + 1)) {
        giveUp(slot);
      }
      claimed.clear();
      superseded.clear();
    }
  }

  @Override
  public long trimmedLength() {
    return slots.trimmedLength();
  }

  @Override
  public void trim() throws IOException {
    file.trim(slots);
  }

  @Override
  public SlotSet.Counts slotCounts() {
    return slots.counts();
  }

  @Override
  public TreeStats.DataAccess access() {
    return file.caching() == Caching.DIRECT
        ? TreeStats.DataAccess.DIRECT
        : TreeStats.DataAccess.BUFFERED;
  }

  @Override
  public long bufferBytes() {
    return 0;
  }
}
