package io.drey.journal;

import io.drey.vfs.MappedRegion;
import io.drey.vfs.StorageFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * One mapped segment file of a journal that is being written.
 *
 * <p>Life: <em>prepared</em> (header forced, not linked), <em>open</em> (records are reserved in
 * it), <em>sealed</em> (its end record is reserved), <em>forced out</em> (every byte is on stable
 * storage, and the mapping is gone).
 */
final class Segment {

  /** Where the first record lies. */
  static final int START = SegmentHeader.BYTES;

  /** Bytes of an end record's body. */
  static final int END_BODY_BYTES = 2 * Long.BYTES;

  /** Bytes at the end that only an end record or a clean-close record may use. */
  static final int END_RESERVE = 64;

  static {
    assert RecordFrame.size(END_BODY_BYTES) < END_RESERVE;
  }

  private static final int PAGE_BYTES = 4096;
  private static final VarHandle WORD = ValueLayout.JAVA_LONG.varHandle();

  private final SegmentLink link;
  private final StorageFile file;
  private final MappedRegion region;
  private final MemorySegment memory;
  private final int bytes;

  /** Written once when the segment is sealed; read by whoever has seen its end published. */
  private int sealedEnd;

  private @Nullable Segment following;

  private int touched;

  /** Of a file that is the segment's own from now on, and of all of it mapped. */
  Segment(SegmentLink link, StorageFile file, MappedRegion region, int bytes) {
    this.link = link;
    this.file = file;
    this.region = region;
    this.memory = region.segment();
    this.bytes = bytes;
  }

  SegmentLink link() {
    return link;
  }

  MemorySegment memory() {
    return memory;
  }

  /** Whether a record of {@code size} bytes fits at {@code offset} before the end's reserve. */
  boolean fits(int offset, int size) {
    return size <= bytes - END_RESERVE - offset;
  }

  void dirty(long from, long to) {
    region.dirty(from, to);
  }

  void seal(int end, Segment next) {
    sealedEnd = end;
    following = next;
  }

  int sealedEnd() {
    return sealedEnd;
  }

  @Nullable Segment followingOrNull() {
    return following;
  }

  Segment following() {
    Segment next = following;
    if (next == null) {
      throw new IllegalStateException("segment " + link.number() + " is not sealed");
    }
    return next;
  }

  void force(int from, int to) throws IOException {
    region.force(from, to);
  }

  /**
   * Forces all of it and lets go of it; only when every record in it, the last one too, is stored.
   *
   * <p>WHY the mapping goes first: a mapped page that is written back is first protected against
   * stores, one after the other, and each time the other processors are interrupted. Without a
   * mapping there is nothing to protect.
   */
  void forceOut() throws IOException {
    region.close();
    file.force();
    file.close();
  }

  /**
   * Makes the mapping ready for records up to {@code to}: a store into a page that was touched
   * before waits for no disk and, unless it was written back meanwhile, for no page fault. Changes
   * no byte, whatever writers do at the same time. Called by one thread at a time.
   */
  void touchTo(int to) {
    for (int end = Math.min(to, bytes); touched < end; touched += PAGE_BYTES) {
      touch(touched);
    }
  }

  /**
   * Makes the page at {@code offset} ready for stores, as {@link #touchTo} does, by any thread. A
   * force protects the page in which it ends.
   */
  void touch(int offset) {
    if (!memory.isMapped()) {
      return;
    }
    try {
      var _ = (long) WORD.getAndBitwiseOr(memory, (long) offset, 0L);
    } catch (IllegalStateException e) {
      if (memory.scope().isAlive()) {
        throw e;
      }
      // It was sealed and forced out meanwhile, so no record will be stored in it.
    }
  }

  /** Lets go of it; bytes not forced reach the disk at the system's leisure. */
  void close() throws IOException {
    region.close();
    file.close();
  }
}
