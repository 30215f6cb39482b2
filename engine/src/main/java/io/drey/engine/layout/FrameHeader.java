package io.drey.engine.layout;

import static io.drey.engine.layout.Bytes.at;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * What every frame begins with.
 *
 * <pre>
 *   0  magic u64                     48  bump u32                72  header crc u32
 *   8  version u32                   52  gap bytes u32           76  reserved u32
 *  12  frame bytes u32               56  edge count u32          80  free lists u16[63]
 *  16  blob u64                      60  compactions u32        206  reserved u16
 *  24  slot u64                      64  entry capacity u16     208  page crcs u32[frame / 4096]
 *  32  epoch u64                     66  entry count u16         ..  entry rows, then nodes
 *  40  seq u64                       68  leaf count u32
 * </pre>
 *
 * <ul>
 *   <li>blob, slot, epoch, seq: whose image this is, where it was written, of which epoch, and the
 *       newest mutation it can contain. Slot, epoch, seq and the checksums are true in a sealed
 *       image only.
 *   <li>bump: offset of the first byte that no node has used. Bytes behind it do not matter in
 *       memory and are zero in a sealed image.
 *   <li>gap bytes: bytes between the entry table and bump that no reachable node takes.
 *   <li>page crcs: CRC32C of each 4 KiB page; page 0's place is 0. The header crc is the CRC32C of
 *       page 0 with the header crc field zero, so it covers the whole image through the table.
 * </ul>
 */
public final class FrameHeader {
  static final StructLayout LAYOUT =
      MemoryLayout.structLayout(
          Bytes.U64.withName("magic"),
          Bytes.U32.withName("version"),
          Bytes.U32.withName("frameBytes"),
          Bytes.U64.withName("blob"),
          Bytes.U64.withName("slot"),
          Bytes.U64.withName("epoch"),
          Bytes.U64.withName("seq"),
          Bytes.U32.withName("bump"),
          Bytes.U32.withName("gapBytes"),
          Bytes.U32.withName("edgeCount"),
          Bytes.U32.withName("compactions"),
          Bytes.U16.withName("entryCapacity"),
          Bytes.U16.withName("entryCount"),
          Bytes.U32.withName("leafCount"),
          Bytes.U32.withName("headerCrc"),
          Bytes.U32.withName("reserved0"),
          MemoryLayout.sequenceLayout(FreeNode.LISTS, Bytes.U16).withName("freeLists"),
          Bytes.U16.withName("reserved1"),
          MemoryLayout.sequenceLayout(FrameSize.PAGES, Bytes.U32).withName("pageCrcs"));

  /** The first eight bytes of a frame: "DREYFRAM". */
  public static final long MAGIC = 0x4D41_5246_5945_5244L;

  /** The version of the frame format. */
  public static final int VERSION = 2;

  public static final int MAGIC_AT = at(LAYOUT, "magic");
  public static final int VERSION_AT = at(LAYOUT, "version");
  public static final int FRAME_BYTES = at(LAYOUT, "frameBytes");
  public static final int BLOB = at(LAYOUT, "blob");
  public static final int SLOT = at(LAYOUT, "slot");
  public static final int EPOCH = at(LAYOUT, "epoch");
  public static final int SEQ = at(LAYOUT, "seq");
  public static final int BUMP = at(LAYOUT, "bump");
  public static final int GAP_BYTES = at(LAYOUT, "gapBytes");
  public static final int EDGE_COUNT = at(LAYOUT, "edgeCount");
  public static final int COMPACTIONS = at(LAYOUT, "compactions");
  public static final int ENTRY_CAPACITY = at(LAYOUT, "entryCapacity");
  public static final int ENTRY_COUNT = at(LAYOUT, "entryCount");
  public static final int LEAF_COUNT = at(LAYOUT, "leafCount");
  public static final int HEADER_CRC = at(LAYOUT, "headerCrc");
  public static final int FREE_LISTS = at(LAYOUT, "freeLists");
  public static final int PAGE_CRCS = at(LAYOUT, "pageCrcs");

  /** Bytes of the fixed part; the entry table follows. */
  public static final int SIZE = Bytes.align8(Math.toIntExact(LAYOUT.byteSize()));

  static {
    Bytes.require(SIZE <= FrameSize.PAGE_BYTES, "the page table lies in page 0");
    Bytes.require(LAYOUT.byteSize() == SIZE, "the fixed part ends at a multiple of 8");
  }

  private FrameHeader() {}

  public static long magic(MemorySegment segment, long frame) {
    return Bytes.i64(segment, frame + MAGIC_AT);
  }

  public static int version(MemorySegment segment, long frame) {
    return Bytes.i32(segment, frame + VERSION_AT);
  }

  public static int frameBytes(MemorySegment segment, long frame) {
    return Bytes.i32(segment, frame + FRAME_BYTES);
  }

  public static long blob(MemorySegment segment, long frame) {
    return Bytes.i64(segment, frame + BLOB);
  }

  public static long slot(MemorySegment segment, long frame) {
    return Bytes.i64(segment, frame + SLOT);
  }

  public static long epoch(MemorySegment segment, long frame) {
    return Bytes.i64(segment, frame + EPOCH);
  }

  public static long seq(MemorySegment segment, long frame) {
    return Bytes.i64(segment, frame + SEQ);
  }

  /** Offset in the frame of the first byte that no node has used. */
  public static int bump(MemorySegment segment, long frame) {
    return Bytes.i32(segment, frame + BUMP);
  }

  public static int gapBytes(MemorySegment segment, long frame) {
    return Bytes.i32(segment, frame + GAP_BYTES);
  }

  /** Edges in the frame. */
  public static int edgeCount(MemorySegment segment, long frame) {
    return Bytes.i32(segment, frame + EDGE_COUNT);
  }

  /** How often the frame was rebuilt. */
  public static int compactions(MemorySegment segment, long frame) {
    return Bytes.i32(segment, frame + COMPACTIONS);
  }

  /** Rows of the entry table. */
  public static int entryCapacity(MemorySegment segment, long frame) {
    return Bytes.u16(segment, frame + ENTRY_CAPACITY);
  }

  /** Rows in use. The root blob's only entry is in use even while the tree is empty. */
  public static int entryCount(MemorySegment segment, long frame) {
    return Bytes.u16(segment, frame + ENTRY_COUNT);
  }

  /** Records in the frame. */
  public static int leafCount(MemorySegment segment, long frame) {
    return Bytes.i32(segment, frame + LEAF_COUNT);
  }

  public static int headerCrc(MemorySegment segment, long frame) {
    return Bytes.i32(segment, frame + HEADER_CRC);
  }

  /** Reference of the first free node of {@code list}, 0 = none. */
  public static int freeList(MemorySegment segment, long frame, int list) {
    return Bytes.u16(segment, frame + FREE_LISTS + 2L * list);
  }

  public static int pageCrc(MemorySegment segment, long frame, int page) {
    return Bytes.i32(segment, frame + PAGE_CRCS + 4L * page);
  }

  public static void setBlob(MemorySegment segment, long frame, long blob) {
    Bytes.setI64(segment, frame + BLOB, blob);
  }

  public static void setSlot(MemorySegment segment, long frame, long slot) {
    Bytes.setI64(segment, frame + SLOT, slot);
  }

  public static void setEpoch(MemorySegment segment, long frame, long epoch) {
    Bytes.setI64(segment, frame + EPOCH, epoch);
  }

  public static void setSeq(MemorySegment segment, long frame, long seq) {
    Bytes.setI64(segment, frame + SEQ, seq);
  }

  public static void setBump(MemorySegment segment, long frame, int offset) {
    Bytes.setI32(segment, frame + BUMP, offset);
  }

  public static void setGapBytes(MemorySegment segment, long frame, int bytes) {
    Bytes.setI32(segment, frame + GAP_BYTES, bytes);
  }

  public static void setEdgeCount(MemorySegment segment, long frame, int count) {
    Bytes.setI32(segment, frame + EDGE_COUNT, count);
  }

  public static void setCompactions(MemorySegment segment, long frame, int count) {
    Bytes.setI32(segment, frame + COMPACTIONS, count);
  }

  public static void setEntryCount(MemorySegment segment, long frame, int count) {
    Bytes.setU16(segment, frame + ENTRY_COUNT, count);
  }

  public static void setLeafCount(MemorySegment segment, long frame, int count) {
    Bytes.setI32(segment, frame + LEAF_COUNT, count);
  }

  public static void setHeaderCrc(MemorySegment segment, long frame, int crc) {
    Bytes.setI32(segment, frame + HEADER_CRC, crc);
  }

  public static void setFreeList(MemorySegment segment, long frame, int list, int ref) {
    Bytes.setU16(segment, frame + FREE_LISTS + 2L * list, ref);
  }

  public static void setPageCrc(MemorySegment segment, long frame, int page, int crc) {
    Bytes.setI32(segment, frame + PAGE_CRCS + 4L * page, crc);
  }

  /**
   * Makes the frame an empty one of {@code blob}: no node, {@code entryCapacity} vacant rows, all
   * counters zero. Bytes behind the entry table keep what they hold.
   */
  public static void format(MemorySegment segment, long frame, long blob, int entryCapacity) {
    int start = EntryTable.end(entryCapacity);
    segment.asSlice(frame, start).fill((byte) 0);
    Bytes.setI64(segment, frame + MAGIC_AT, MAGIC);
    Bytes.setI32(segment, frame + VERSION_AT, VERSION);
    Bytes.setI32(segment, frame + FRAME_BYTES, FrameSize.BYTES);
    Bytes.setI64(segment, frame + BLOB, blob);
    Bytes.setI32(segment, frame + BUMP, start);
    Bytes.setU16(segment, frame + ENTRY_CAPACITY, entryCapacity);
  }

  /** Whether the fields of the header at {@code frame} can be true together. */
  public static boolean check(MemorySegment segment, long frame) {
    int capacity = entryCapacity(segment, frame);
    int bump = bump(segment, frame);
    return magic(segment, frame) == MAGIC
        && version(segment, frame) == VERSION
        && frameBytes(segment, frame) == FrameSize.BYTES
        && capacity >= 1
        && capacity <= FrameSize.MAX_ENTRIES
        && entryCount(segment, frame) <= capacity
        && bump % 8 == 0
        && bump >= EntryTable.end(capacity)
        && bump <= FrameSize.BYTES
        && gapBytes(segment, frame) >= 0
        && gapBytes(segment, frame) <= bump - EntryTable.end(capacity);
  }
}
