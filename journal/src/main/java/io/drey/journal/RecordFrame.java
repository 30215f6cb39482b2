package io.drey.journal;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The frame round one record's body.
 *
 * <pre>
 *  0        4        8                16               24  25     28       32
 *  +--------+--------+----------------+----------------+---+------+--------+------ ~ ----+-----+
 *  | length | crc32c | seq            | forced mark    |typ| hcrc | count  | body        | 0.. |
 *  +--------+--------+----------------+----------------+---+------+--------+------ ~ ----+-----+
 * </pre>
 *
 * <p>Little-endian; records begin at multiples of 8. {@code length} counts header and body, not the
 * zero bytes that fill up to the next multiple of 8. The checksum covers the segment's salt, the
 * record's position, the length, then the header from {@code seq} on with {@code hcrc} taken as
 * zero, body and filling. {@code hcrc} is its lower 24 bits as they stand after the header.
 *
 * <p>WHY a check of the header alone: the search behind a torn tail tries every 8-byte step, and
 * what stands there may well claim to be megabytes long. This turns it away before its body is
 * read, so that the search is linear in the segment, whatever was stored in it.
 *
 * <p>INVARIANT J1: a record counts only if its checksum holds. Whatever part of the stores of one
 * {@link #write} is missing, the place holds bytes of another life or zeros instead, and the salt
 * and position in the checksum keep those from passing.
 */
final class RecordFrame {

  private static final MemoryLayout LAYOUT =
      MemoryLayout.structLayout(
          ValueLayout.JAVA_INT.withName("length"),
          ValueLayout.JAVA_INT.withName("crc"),
          ValueLayout.JAVA_LONG.withName("seq"),
          ValueLayout.JAVA_LONG.withName("mark"),
          ValueLayout.JAVA_BYTE.withName("type"),
          MemoryLayout.sequenceLayout(3, ValueLayout.JAVA_BYTE).withName("headerCheck"),
          ValueLayout.JAVA_INT.withName("seqCount"));

  /** Bytes of the header. */
  static final int HEADER_BYTES = (int) LAYOUT.byteSize();

  /** Records begin at multiples of this many bytes. */
  static final int ALIGNMENT = 8;

  private static final int LENGTH = at("length");
  private static final int SEQ = at("seq");
  private static final int MARK = at("mark");
  private static final int TYPE = at("type");

  /** Bytes the checksum covers before the record's own: salt, position, length. */
  private static final int PROLOGUE_BYTES = 3 * Long.BYTES;

  /** The prologue and the checksummed part of the header. */
  static final int SCRATCH_BYTES = PROLOGUE_BYTES + HEADER_BYTES - SEQ;

  /** The 24 bits of {@code hcrc}. */
  private static final int HEADER_CHECK_MASK = 0xFF_FFFF;

  private static final byte[] ZEROS = new byte[512];

  private static final ValueLayout.OfLong STORED_LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private RecordFrame() {}

  private static int at(String field) {
    return (int) LAYOUT.byteOffset(PathElement.groupElement(field));
  }

  /** Bytes a record with such a body takes in its segment. */
  static int size(int bodyBytes) {
    return align(HEADER_BYTES + bodyBytes);
  }

  private static int align(int bytes) {
    return bytes + ALIGNMENT - 1 & -ALIGNMENT;
  }

  /**
   * Stores a record into its place and reports the bytes as dirty. {@code body} null stands for
   * zeros. The word with length and checksum is stored last.
   */
  static void write(Reservation place, long mark, int type, byte @Nullable [] body) {
    int length = HEADER_BYTES + place.bodyBytes;
    int padded = align(length);
    long kind = type | (long) place.seqCount << Integer.SIZE;
    CRC32C crc = place.crc;
    int headerCheck = beginChecksum(place, mark, kind);
    updateBody(crc, body, place.bodyBytes);

    MemorySegment memory = place.segment().memory();
    long at = place.offset;
    if (padded != length) {
      memory.set(STORED_LONG, at + padded - Long.BYTES, 0L);
    }
    if (body == null) {
      memory.asSlice(at + HEADER_BYTES, place.bodyBytes).fill((byte) 0);
    } else {
      MemorySegment.copy(
          body, 0, memory, ValueLayout.JAVA_BYTE, at + HEADER_BYTES, place.bodyBytes);
    }
    memory.set(STORED_LONG, at + SEQ, place.seq);
    memory.set(STORED_LONG, at + MARK, mark);
    memory.set(STORED_LONG, at + TYPE, kind | (long) headerCheck << Byte.SIZE);
    // ORDER: a reader of this process's page cache after a kill meets the length with the rest.
    VarHandle.releaseFence();
    memory.set(STORED_LONG, at + LENGTH, length | crc.getValue() << Integer.SIZE);
    place.segment().dirty(at, at + padded);
  }

  /** Begins the record's checksum in its place; returns the header's check. */
  private static int beginChecksum(Reservation place, long mark, long kind) {
    byte[] scratch = place.scratch;
    LONGS.set(scratch, 0, place.segment().link().salt());
    LONGS.set(scratch, Long.BYTES, place.position());
    LONGS.set(scratch, 2 * Long.BYTES, (long) HEADER_BYTES + place.bodyBytes);
    LONGS.set(scratch, PROLOGUE_BYTES, place.seq);
    LONGS.set(scratch, PROLOGUE_BYTES + MARK - SEQ, mark);
    LONGS.set(scratch, PROLOGUE_BYTES + TYPE - SEQ, kind);
    place.crc.reset();
    place.crc.update(scratch, 0, SCRATCH_BYTES);
    return headerCheck(place.crc);
  }

  private static int headerCheck(CRC32C crc) {
    return (int) crc.getValue() & HEADER_CHECK_MASK;
  }

  private static void updateBody(CRC32C crc, byte @Nullable [] body, int bodyBytes) {
    if (body == null) {
      updateZeros(crc, size(bodyBytes) - HEADER_BYTES);
    } else {
      crc.update(body, 0, bodyBytes);
      updateZeros(crc, size(bodyBytes) - HEADER_BYTES - bodyBytes);
    }
  }

  private static void updateZeros(CRC32C crc, int count) {
    for (int left = count; left > 0; left -= ZEROS.length) {
      crc.update(ZEROS, 0, Math.min(left, ZEROS.length));
    }
  }

  /**
   * What keeps the bytes at {@code offset} from being a record of the segment {@code link}; null if
   * nothing does. Reads nothing at or beyond {@code limit}.
   *
   * @param prologue {@link #SCRATCH_BYTES} or more, overwritten
   */
  static @Nullable Damage check(
      byte[] image, int offset, int limit, SegmentLink link, byte[] prologue, CRC32C crc) {
    if (limit - offset < HEADER_BYTES) {
      return Damage.SHORT_FILE;
    }
    int length = length(image, offset);
    if (length == 0 && (long) LONGS.get(image, offset) == 0) {
      return Damage.UNWRITTEN;
    }
    if (length < HEADER_BYTES || length > limit - offset || align(length) > limit - offset) {
      return Damage.BAD_LENGTH;
    }
    int type = type(image, offset);
    boolean known = type >= RecordType.VOID && type <= RecordType.CLEAN_CLOSE;
    if (!known && type < RecordType.FIRST_OF_ENGINE) {
      return Damage.BAD_TYPE;
    }
    LONGS.set(prologue, 0, link.salt());
    LONGS.set(prologue, Long.BYTES, Position.of(link.number(), offset));
    LONGS.set(prologue, 2 * Long.BYTES, (long) length);
    System.arraycopy(image, offset + SEQ, prologue, PROLOGUE_BYTES, HEADER_BYTES - SEQ);
    long kind = (long) LONGS.get(image, offset + TYPE);
    LONGS.set(
        prologue, PROLOGUE_BYTES + TYPE - SEQ, kind & ~((long) HEADER_CHECK_MASK << Byte.SIZE));
    crc.reset();
    crc.update(prologue, 0, SCRATCH_BYTES);
    if (headerCheck(crc) != ((int) kind >>> Byte.SIZE)) {
      return Damage.BAD_CHECKSUM;
    }
    crc.update(image, offset + HEADER_BYTES, align(length) - HEADER_BYTES);
    int stored = (int) INTS.get(image, offset + LENGTH + Integer.BYTES);
    return (int) crc.getValue() == stored ? null : Damage.BAD_CHECKSUM;
  }

  static int length(byte[] image, int offset) {
    return (int) INTS.get(image, offset + LENGTH);
  }

  static long seq(byte[] image, int offset) {
    return (long) LONGS.get(image, offset + SEQ);
  }

  static long mark(byte[] image, int offset) {
    return (long) LONGS.get(image, offset + MARK);
  }

  static int type(byte[] image, int offset) {
    return image[offset + TYPE] & 0xFF;
  }

  static int seqCount(byte[] image, int offset) {
    return (int) ((long) LONGS.get(image, offset + TYPE) >>> Integer.SIZE);
  }

  /** The body of a {@link RecordType#SEGMENT_END} record. */
  static byte[] endBody(SegmentLink next) {
    byte[] body = new byte[Segment.END_BODY_BYTES];
    LONGS.set(body, 0, next.number());
    LONGS.set(body, Long.BYTES, next.salt());
    return body;
  }

  /** The link in a {@link RecordType#SEGMENT_END} record; null if it can be none. */
  static @Nullable SegmentLink link(byte[] image, int offset) {
    if (length(image, offset) != HEADER_BYTES + Segment.END_BODY_BYTES) {
      return null;
    }
    long number = (long) LONGS.get(image, offset + HEADER_BYTES);
    if (number <= 0 || number > Position.MAX_SEGMENT) {
      return null;
    }
    return new SegmentLink(number, (long) LONGS.get(image, offset + HEADER_BYTES + Long.BYTES));
  }
}
