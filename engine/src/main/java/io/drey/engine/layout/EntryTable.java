package io.drey.engine.layout;

import static io.drey.engine.layout.Bytes.at;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * The rows behind the frame header, one per entry: where the entry's root is, and its directory
 * row, which covers the entry's own frame only.
 *
 * <pre>
 *  0      2          4         8         16          24            32
 * +------+----------+---------+---------+-----------+-------------+
 * | root | reserved | longest | records | key bytes | value bytes |
 * +------+----------+---------+---------+-----------+-------------+
 * </pre>
 *
 * <ul>
 *   <li>root: reference of a leaf or inner node. 0 = the row is vacant, all its fields are zero; in
 *       the root blob it says that the tree is empty.
 *   <li>longest: upper bound of the longest key relative to the entry, of those that end in this
 *       frame; exact after a rebuild.
 *   <li>records, key bytes, value bytes: of the leaves in this frame below the root; key bytes are
 *       relative to the entry. Exact.
 * </ul>
 *
 * <p>The number of rows is fixed when the frame is built; an entry keeps its number in a rebuild.
 */
public final class EntryTable {
  static final StructLayout LAYOUT =
      MemoryLayout.structLayout(
          Bytes.U16.withName("root"),
          Bytes.U16.withName("reserved"),
          Bytes.U32.withName("longest"),
          Bytes.U64.withName("records"),
          Bytes.U64.withName("keyBytes"),
          Bytes.U64.withName("valueBytes"));

  public static final int ROOT = at(LAYOUT, "root");
  public static final int LONGEST = at(LAYOUT, "longest");
  public static final int RECORDS = at(LAYOUT, "records");
  public static final int KEY_BYTES = at(LAYOUT, "keyBytes");
  public static final int VALUE_BYTES = at(LAYOUT, "valueBytes");

  /** Bytes of a row. */
  public static final int ROW_SIZE = Math.toIntExact(LAYOUT.byteSize());

  static {
    Bytes.require(ROOT == 0, "a row begins with its root");
  }

  private EntryTable() {}

  /** Offset in the frame of the row of {@code entry}. */
  public static int row(int entry) {
    return FrameHeader.SIZE + ROW_SIZE * entry;
  }

  /** Offset in the frame of the first byte behind a table of {@code capacity} rows. */
  public static int end(int capacity) {
    return row(capacity);
  }

  /** Reference of the root of {@code entry}, 0 = none. */
  public static int root(MemorySegment segment, long frame, int entry) {
    return Bytes.u16(segment, frame + row(entry) + ROOT);
  }

  /** The reference in the first word of a row. */
  public static int rootIn(long head) {
    return (int) head & 0xFFFF;
  }

  public static int longest(MemorySegment segment, long frame, int entry) {
    return Bytes.i32(segment, frame + row(entry) + LONGEST);
  }

  public static long records(MemorySegment segment, long frame, int entry) {
    return Bytes.i64(segment, frame + row(entry) + RECORDS);
  }

  public static long keyBytes(MemorySegment segment, long frame, int entry) {
    return Bytes.i64(segment, frame + row(entry) + KEY_BYTES);
  }

  public static long valueBytes(MemorySegment segment, long frame, int entry) {
    return Bytes.i64(segment, frame + row(entry) + VALUE_BYTES);
  }

  public static void setRoot(MemorySegment segment, long frame, int entry, int ref) {
    Bytes.setU16(segment, frame + row(entry) + ROOT, ref);
  }

  /** Writes the directory part of the row of {@code entry}. */
  public static void setCounts(
      MemorySegment segment,
      long frame,
      int entry,
      int longest,
      long records,
      long keyBytes,
      long valueBytes) {
    long row = frame + row(entry);
    Bytes.setI32(segment, row + LONGEST, longest);
    Bytes.setI64(segment, row + RECORDS, records);
    Bytes.setI64(segment, row + KEY_BYTES, keyBytes);
    Bytes.setI64(segment, row + VALUE_BYTES, valueBytes);
  }

  /** Makes the row of {@code entry} a vacant one. */
  public static void clear(MemorySegment segment, long frame, int entry) {
    segment.asSlice(frame + row(entry), ROW_SIZE).fill((byte) 0);
  }
}
