package io.drey.journal;

import io.drey.vfs.Caching;
import io.drey.vfs.MappedRegion;
import io.drey.vfs.OpenMode;
import io.drey.vfs.StorageFile;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32C;

/**
 * A tail over two segments in native memory, the second one prepared, and somebody who reads what
 * is published of it.
 *
 * <p>The first segment takes {@link #RECORDS_A_SEGMENT} records and its end record.
 */
final class SmallTail {
  static final int RECORDS_A_SEGMENT = 2;
  static final long FIRST_SEQ = Journal.firstSeq(1);

  private static final byte[] BODY = {1, 2, 3, 4, 5, 6, 7, 8};
  private static final int RECORD_BYTES = RecordFrame.size(BODY.length);
  private static final int RECORDS_BYTES = RECORDS_A_SEGMENT * RECORD_BYTES + Segment.END_RESERVE;
  private static final int SEGMENT_BYTES = Segment.START + RECORDS_BYTES;
  private static final int STEP_BYTES = 256;

  /** More than there are segments at a time: the places go round. */
  private static final int PLACES = 1 << 16;

  /** The header of a segment is never touched, so it may lie over its neighbours' records. */
  private static final MemorySegment MEMORY =
      Arena.global().allocate((long) PLACES * STEP_BYTES + SEGMENT_BYTES, Long.BYTES);

  private static final AtomicInteger NEXT = new AtomicInteger();

  /** Of all segments; nothing is read from it nor written to it. */
  private static final StorageFile FILE = file();

  static {
    assert RECORDS_BYTES <= STEP_BYTES;
  }

  final Tail tail;
  private final Segment first;
  private final Segment second;

  SmallTail() {
    SegmentLink link = new SegmentLink(1, NEXT.get());
    first = segment(link);
    second = segment(link.following());
    tail = new Tail(first, SEGMENT_BYTES, FIRST_SEQ, new Health(), 0, () -> {});
    tail.offerNext(second);
  }

  private static StorageFile file() {
    try {
      return Vfs.memory().open(Path.of("/segment"), OpenMode.CREATE_NEW, Caching.BUFFERED);
    } catch (IOException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static Segment segment(SegmentLink link) {
    long at = (long) (NEXT.getAndIncrement() & PLACES - 1) * STEP_BYTES;
    MemorySegment memory = MEMORY.asSlice(at, SEGMENT_BYTES);
    memory.asSlice(Segment.START).fill((byte) 0);
    return new Segment(link, FILE, new Region(memory), SEGMENT_BYTES);
  }

  boolean reserve(Reservation r) {
    return reserve(r, Journal.ANY_EPOCH);
  }

  boolean reserve(Reservation r, long epoch) {
    return tail.reserve(r, BODY.length, 1, epoch);
  }

  void store(Reservation r) {
    RecordFrame.write(r, tail.forcedEnd(), RecordType.FIRST_OF_ENGINE, BODY);
  }

  void append(Reservation r) {
    if (reserve(r)) {
      store(r);
      tail.publish(r);
    }
  }

  /** Whether every record before the published end is whole and their numbers ascend. */
  boolean isWhole() {
    return records(tail.publishedEnd()) >= 0;
  }

  /** The records before {@code end}, end records left out; negative if one is not whole. */
  int records(long end) {
    int offset = Position.offset(end);
    if (Position.segment(end) == first.link().number()) {
      return records(first, offset, FIRST_SEQ);
    }
    if (first.followingOrNull() != second || !isEnd(first.sealedEnd())) {
      return -1;
    }
    int before = records(first, first.sealedEnd() - endBytes(), FIRST_SEQ);
    int behind = records(second, offset, FIRST_SEQ + before);
    return before < 0 || behind < 0 ? -1 : before + behind;
  }

  private boolean isEnd(int sealedEnd) {
    int at = sealedEnd - endBytes();
    if (at < Segment.START) {
      return false;
    }
    byte[] image = image(first, sealedEnd);
    return isRecord(image, at, sealedEnd, first.link())
        && RecordFrame.type(image, at) == RecordType.SEGMENT_END;
  }

  private static int endBytes() {
    return RecordFrame.size(Segment.END_BODY_BYTES);
  }

  private static int records(Segment segment, int end, long firstSeq) {
    byte[] image = image(segment, end);
    int count = 0;
    for (int at = Segment.START; at < end; at += RECORD_BYTES) {
      if (!isRecord(image, at, end, segment.link())
          || RecordFrame.seq(image, at) != firstSeq + count) {
        return -1;
      }
      count++;
    }
    return count;
  }

  private static boolean isRecord(byte[] image, int at, int end, SegmentLink link) {
    byte[] prologue = new byte[RecordFrame.SCRATCH_BYTES];
    return RecordFrame.check(image, at, end, link, prologue, new CRC32C()) == null;
  }

  /** The header is left out; nothing before {@link Segment#START} is looked at. */
  private static byte[] image(Segment segment, int end) {
    byte[] image = new byte[end];
    int bytes = end - Segment.START;
    MemorySegment.copy(
        segment.memory(), ValueLayout.JAVA_BYTE, Segment.START, image, Segment.START, bytes);
    return image;
  }

  /** Memory that no file stands behind. */
  private record Region(MemorySegment segment) implements MappedRegion {
    @Override
    public void dirty(long from, long to) {}

    @Override
    public void force(long from, long to) {}

    @Override
    public void close() {}
  }
}
