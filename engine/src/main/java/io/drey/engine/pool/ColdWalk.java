package io.drey.engine.pool;

import io.drey.engine.art.ImageBytes;
import io.drey.engine.art.PagedLookup;
import io.drey.engine.art.PointLookup;
import io.drey.engine.art.PointLookup.Missing;
import io.drey.engine.art.PointLookup.Wanted;
import io.drey.engine.event.Damage;
import io.drey.engine.frame.Frames;
import io.drey.engine.layout.FrameSize;
import io.drey.engine.store.StoredImage;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Takes a point read through blobs that are not in memory, page by page. Reusable, of one thread at
 * a time; outside the gate.
 *
 * <p>The image that is read is the blob's as long as the stamp holds under which the walk met the
 * blob: before another image can take its place, it comes into memory, which raises the stamp. So
 * the stamp is looked at when the image's number has been taken, and again at the end: a page that
 * does not match its checksum is damage only if it still holds then, for the slot may belong to
 * another image by now.
 */
public final class ColdWalk implements ImageBytes {
  private static final int PAGE = FrameSize.PAGE_BYTES;

  /** Room for a node that crosses a page border, and for what {@link #bring} promises behind. */
  private static final int FIRST_BYTES = 3 * PAGE;

  /** Memory beyond this is given back when a walk ends. */
  private static final int KEPT_BYTES = 8 * PAGE;

  private static final int OVER_READ = 8;

  private final ColdReads shared;
  private final ImageFile images;

  /** The image's first page, then what was brought last unless it lies in that page. */
  private MemorySegment memory = allocate(FIRST_BYTES);

  private @Nullable BlobImage owner;
  private @Nullable StoredImage stored;
  private long number;

  ColdWalk(ColdReads shared, ImageFile images) {
    this.shared = shared;
    this.images = images;
  }

  /** The garbage collector gives it back: walks that nobody keeps are few and small. */
  private static MemorySegment allocate(int bytes) {
    return Arena.ofAuto().allocate(bytes, Long.BYTES);
  }

  /**
   * Goes on where a {@link PointLookup} met a blob that is not in memory.
   *
   * @param frames what the walk looks at
   * @param at where it is
   * @return as {@link PointLookup#read}
   * @throws io.drey.CorruptionException if a page does not read back as it was written
   */
  public @Nullable Object read(
      Frames frames, Missing at, long treeId, byte[] key, Wanted wanted, MemorySegment target)
      throws IOException {
    BlobImage met = (BlobImage) at.owner();
    StoredImage image = met.stored;
    if (image == null) {
      return PointLookup.RESTART;
    }
    number = images.number(image);
    // ORDER: the slot's number, then the stamp: until then no other image was written there.
    if (!met.isValid(at.stamp())) {
      return PointLookup.RESTART;
    }
    shared.inFlight.begin();
    try {
      owner = met;
      stored = image;
      piece(0, 0, PAGE, 0);
      return PagedLookup.read(frames, this, at, treeId, key, wanted, target);
    } catch (IOException e) {
      if (!met.isValid(at.stamp())) {
        return PointLookup.RESTART; // the slot may hold another image by now
      }
      if (e instanceof DamagedImageException damaged) {
        Damage.tell(met.store, damaged.corruption());
        throw damaged.corruption();
      }
      throw e;
    } finally {
      shared.inFlight.end();
      owner = null;
      stored = null;
      if (memory.byteSize() > KEPT_BYTES) {
        memory = allocate(FIRST_BYTES);
      }
    }
  }

  @Override
  public MemorySegment memory() {
    return memory;
  }

  @Override
  public long bring(int offset, int length) throws IOException {
    if (offset < 0 || length <= 0 || length > FrameSize.BYTES - offset) {
      throw new IndexOutOfBoundsException(length + " bytes at " + offset + " of an image");
    }
    if (offset + length <= PAGE) {
      return offset;
    }
    ensure(PAGE + length + OVER_READ);
    int done = 0;
    while (done < length) {
      int from = (offset + done) % PAGE;
      int part = Math.min(length - done, PAGE - from);
      piece((offset + done) / PAGE, from, part, PAGE + done);
      done += part;
    }
    return PAGE;
  }

  private void ensure(int bytes) {
    if (memory.byteSize() < bytes) {
      MemorySegment larger = allocate(Math.max(bytes, 2 * FIRST_BYTES));
      MemorySegment.copy(memory, 0, larger, 0, PAGE);
      memory = larger;
    }
  }

  /** Copies a part of one page to {@code at} in this walk's memory. */
  private void piece(int page, int from, int length, int at) throws IOException {
    if (shared.cache.copy(number, page, from, length, memory, at)) {
      shared.pageHits.increment();
      return;
    }
    BlobImage read = owner;
    StoredImage image = stored;
    if (read == null || image == null) {
      throw new IllegalStateException("no read is under way");
    }
    shared.pageReads.increment();
    read.pageReads++;
    int reserved = shared.reserve();
    long published = 0;
    try {
      MemorySegment into = shared.cache.memory(reserved);
      images.readPage(image, page, memory, into);
      MemorySegment.copy(into, from, memory, at, length);
      published = number;
    } finally {
      shared.cache.publish(reserved, published, page);
    }
  }
}
