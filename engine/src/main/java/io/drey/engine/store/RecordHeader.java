package io.drey.engine.store;

import static io.drey.engine.store.DiskLayout.U16;
import static io.drey.engine.store.DiskLayout.U32;
import static io.drey.engine.store.DiskLayout.U64;
import static io.drey.engine.store.DiskLayout.U8;
import static io.drey.engine.store.DiskLayout.at;
import static io.drey.engine.store.DiskLayout.struct;

import io.drey.journal.StoreId;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * The header of one manifest record. A commit, like a snapshot, is a group of records: parts 0, 1,
 * 2, ... without a gap, the last one marked. Lengths are multiples of 8 and count the header.
 *
 * <pre>
 *  0        4        8        16       24       28   29   30   32       36       40       44   48
 *  +--------+--------+--------+--------+--------+----+----+----+--------+--------+--------+----+
 *  | length | crc32c | commit | group  | part   |kind|last| 0  | images | removed| log    | 0  |
 *  |        |        | number | offset |        |    |    |    |        |        | ends   |    |
 *  +--------+--------+--------+--------+--------+----+----+----+--------+--------+--------+----+
 *  body: images, then removed blob ids (8 bytes each), then in the last part head and log ends
 * </pre>
 *
 * <p>The CRC32C covers a salt of 32 bytes (store id high and low, file number, the record's offset
 * in the file), then the record from byte 8 to its end: a record copied to another place, file or
 * store is no record. {@code group offset} is where part 0 of the group lies: a valid record of a
 * later group proves that the group before it was forced, hence complete.
 */
final class RecordHeader {
  static final StructLayout LAYOUT =
      struct(
          U32.withName("length"),
          U32.withName("checksum"),
          U64.withName("commit"),
          U64.withName("group"),
          U32.withName("part"),
          U8.withName("kind"),
          U8.withName("last"),
          U16.withName("reserved2"),
          U32.withName("images"),
          U32.withName("removed"),
          U32.withName("logEnds"),
          U32.withName("reserved4"));

  static final long LENGTH = at(LAYOUT, "length");
  static final long CHECKSUM = at(LAYOUT, "checksum");
  static final long COMMIT = at(LAYOUT, "commit");
  static final long GROUP = at(LAYOUT, "group");
  static final long PART = at(LAYOUT, "part");
  static final long KIND = at(LAYOUT, "kind");
  static final long LAST = at(LAYOUT, "last");
  static final long RESERVED_2 = at(LAYOUT, "reserved2");
  static final long IMAGES = at(LAYOUT, "images");
  static final long REMOVED = at(LAYOUT, "removed");
  static final long LOG_ENDS = at(LAYOUT, "logEnds");
  static final long RESERVED_4 = at(LAYOUT, "reserved4");
  static final int SIZE = (int) LAYOUT.byteSize();

  /** Records start at multiples of this many bytes. */
  static final int ALIGNMENT = 8;

  /** No record is longer. */
  static final int LONGEST = 1 << 20;

  static final byte KIND_SNAPSHOT = 1;
  static final byte KIND_COMMIT = 2;
  static final byte NOT_LAST = 0;
  static final byte IS_LAST = 1;

  private RecordHeader() {}

  static int length(MemorySegment file, long record) {
    return file.get(U32, record + LENGTH);
  }

  static long commit(MemorySegment file, long record) {
    return file.get(U64, record + COMMIT);
  }

  static long group(MemorySegment file, long record) {
    return file.get(U64, record + GROUP);
  }

  static int part(MemorySegment file, long record) {
    return file.get(U32, record + PART);
  }

  static byte kind(MemorySegment file, long record) {
    return file.get(U8, record + KIND);
  }

  static boolean isLast(MemorySegment file, long record) {
    return file.get(U8, record + LAST) == IS_LAST;
  }

  static int images(MemorySegment file, long record) {
    return file.get(U32, record + IMAGES);
  }

  static int removed(MemorySegment file, long record) {
    return file.get(U32, record + REMOVED);
  }

  static int logEnds(MemorySegment file, long record) {
    return file.get(U32, record + LOG_ENDS);
  }

  /**
   * Whether a record of a known shape may start here, judged without its CRC. {@code room} is the
   * distance to the end of the file, at least the size of a header.
   */
  static boolean isPlausible(MemorySegment file, long record, long position, long room) {
    int length = length(file, record);
    byte kind = kind(file, record);
    byte last = file.get(U8, record + LAST);
    long group = group(file, record);
    return length >= SIZE
        && length <= LONGEST
        && length % ALIGNMENT == 0
        && length <= room
        && (kind == KIND_SNAPSHOT || kind == KIND_COMMIT)
        && (last == NOT_LAST || last == IS_LAST)
        && group >= ManifestFileHeader.SIZE
        && group <= position
        && group % ALIGNMENT == 0
        && file.get(U16, record + RESERVED_2) == 0
        && file.get(U32, record + RESERVED_4) == 0;
  }

  /** What binds a record to its store, file and place. */
  static byte[] salt(StoreId store, long fileNumber, long position) {
    byte[] salt = new byte[32];
    MemorySegment segment = MemorySegment.ofArray(salt);
    segment.set(U64, 0, store.high());
    segment.set(U64, 8, store.low());
    segment.set(U64, 16, fileNumber);
    segment.set(U64, 24, position);
    return salt;
  }

  static int checksum(byte[] bytes, int record, int length, byte[] salt) {
    return Crc32c.salted(salt, bytes, record + (int) COMMIT, length - (int) COMMIT);
  }
}
