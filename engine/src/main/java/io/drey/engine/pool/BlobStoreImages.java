package io.drey.engine.pool;

import io.drey.Check;
import io.drey.CorruptionException;
import io.drey.TreeStats;
import io.drey.Violation;
import io.drey.engine.frame.Frame;
import io.drey.engine.layout.FrameSize;
import io.drey.engine.store.ManifestChange;
import io.drey.engine.store.ManifestState;
import io.drey.engine.store.RootLog;
import io.drey.engine.store.SlotSet;
import io.drey.engine.store.StoredImage;
import io.drey.engine.store.UserStore;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Images in the frames of a user's store, and the root that names them.
 *
 * <p>A written image is copied to a buffer, and read from there until a commit has taken it. The
 * commit of a checkpoint takes the buffers that it names. When none is free, a commit in between
 * takes them all: its root names what the one before named, and says of the new frames that they
 * are spare, so that a crash leaves nothing behind. A commit that fails leaves the images in their
 * buffers, for the next one.
 */
public final class BlobStoreImages extends ImageStore implements AutoCloseable {
  private static final int BUFFERS_LEAST = 4;
  private static final int BUFFERS_MOST = 64;
  private static final int BUFFERS_SHARE = 8;

  private final UserStore store;
  private final RootLog root;
  private final int planned;
  private final Buffers buffers;
  private final StorePlaces places;
  private final InFlight reads = new InFlight();

  /** Held for a whole commit. */
  private final ReentrantLock commits = new ReentrantLock();

  private BlobStoreImages(UserStore store, RootLog root, int planned) {
    super(root.state());
    this.store = store;
    this.root = root;
    this.planned = planned;
    this.buffers = new Buffers(planned);
    this.places = new StorePlaces(root, buffers);
  }

  /**
   * Images of a tree that changes.
   *
   * @param poolFrames frames of the whole pool, of which the buffers are a part
   */
  public static BlobStoreImages writable(UserStore store, RootLog root, int poolFrames) {
    int planned = Math.max(BUFFERS_LEAST, Math.min(BUFFERS_MOST, poolFrames / BUFFERS_SHARE));
    return new BlobStoreImages(store, root, planned);
  }

  /** The images that the root names, to be read alone. */
  public static BlobStoreImages readOnly(UserStore store, RootLog root) {
    return new BlobStoreImages(store, root, 0);
  }

  /** Frames of the pool that the buffers take. */
  public int bufferFrames() {
    return planned;
  }

  @Override
  boolean writable() {
    return planned > 0;
  }

  @Override
  void read(long blob, StoredImage stored, Frame into) throws IOException {
    if (!copied(stored, memory(into))) {
      throw new IOException("the image of blob " + blob + " was replaced");
    }
    verify(into, blob, stored);
  }

  /** Whether the image was still there. */
  private boolean copied(StoredImage stored, MemorySegment target) throws IOException {
    reads.begin();
    try {
      StorePlace place = places.enter(stored);
      if (place == null) {
        return false;
      }
      try {
        MemorySegment buffer = place.buffer;
        if (buffer != null) {
          target.copyFrom(buffer);
        } else {
          store.read(place.id, target);
        }
        return true;
      } finally {
        places.leave(place);
      }
    } finally {
      reads.end();
    }
  }

  @Override
  CorruptionException damage(Check check, StoredImage stored, long at, String detail) {
    return new CorruptionException(
        check, null, at, stored.blob(), detail + ", as the blob store gave it");
  }

  @Override
  public @Nullable BlobFigures figures(StoredImage stored) throws IOException {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment image = arena.allocate(FrameSize.BYTES, FrameSize.PAGE_BYTES);
      return copied(stored, image) ? figures(stored, image) : null;
    }
  }

  @Override
  StoredImage write(PooledFrame image, Purpose purpose) throws IOException {
    MemorySegment buffer = buffer();
    boolean done = false;
    image.sealing.lock();
    try {
      StoredImage stored = seal(image, places.takeSlot());
      buffer.copyFrom(memory(image.frame));
      places.staged(stored, buffer, purpose);
      countWritten();
      done = true;
      return stored;
    } finally {
      image.sealing.unlock();
      if (!done) {
        buffers.giveBack(buffer);
      }
    }
  }

  /** A free buffer, after a commit where there is none. */
  private MemorySegment buffer() throws IOException {
    MemorySegment buffer = buffers.poll();
    if (buffer != null) {
      return buffer;
    }
    commits.lock();
    try {
      buffer = buffers.poll();
      if (buffer == null) {
        StorePlaces.Attempt attempt = places.attemptSpill();
        if (attempt != null) {
          run(attempt);
        }
        buffer = buffers.take();
      }
      return buffer;
    } finally {
      commits.unlock();
    }
  }

  @Override
  public void commit(ManifestChange change) throws IOException {
    commits.lock();
    try {
      run(places.attempt(change));
    } finally {
      commits.unlock();
    }
    endClaims();
  }

  private void run(StorePlaces.Attempt attempt) throws IOException {
    boolean committed = false;
    try {
      root.commit(attempt.change, attempt.frames);
      committed = true;
    } finally {
      if (committed) {
        places.committed(attempt);
      } else {
        places.failed(attempt);
      }
    }
  }

  @Override
  void claim(StoredImage stored) {
    places.claim(stored);
  }

  @Override
  public void superseded(StoredImage stored) {
    places.superseded(stored);
  }

  /** Whatever is not superseded stays in the store. */
  @Override
  public void retain(StoredImage stored) {}

  @Override
  public void endClaims() {
    places.endClaims();
  }

  /** What a commit stores is durable with it, and nothing before. */
  @Override
  public void force() {}

  @Override
  public ManifestState state() {
    return root.state();
  }

  @Override
  List<Violation> checkSlots() {
    return places.check().stream()
        .map(wrong -> new Violation(Check.SLOT_MAP, null, Violation.NONE, Violation.NONE, wrong))
        .toList();
  }

  @Override
  public long trimmedLength() {
    return 0;
  }

  @Override
  public void trim() {}

  @Override
  public SlotSet.Counts slotCounts() {
    return places.counts();
  }

  @Override
  public TreeStats.DataAccess access() {
    return TreeStats.DataAccess.BLOB_STORE;
  }

  @Override
  public long bufferBytes() {
    return buffers.bytes();
  }

  /** Returns when nobody is in the store any more; it stays open. */
  @Override
  public void close() {
    reads.drain();
    commits.lock();
    try {
      buffers.close();
    } finally {
      commits.unlock();
    }
  }
}
