package io.drey.engine.layout;

import static io.drey.engine.layout.Bytes.at;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * Says that the walk goes on at an entry of another blob. It consumes no byte of the path, is
 * always the child of an inner node and never an entry's root.
 *
 * <pre>
 *  0      1       2          8         16
 * +------+-------+----------+---------+
 * | type | entry | reserved | blob id |
 * +------+-------+----------+---------+
 * </pre>
 */
public final class Edge {
  static final StructLayout LAYOUT =
      MemoryLayout.structLayout(
          Bytes.U8.withName("type"),
          Bytes.U8.withName("entry"),
          Bytes.U16.withName("reserved0"),
          Bytes.U32.withName("reserved1"),
          Bytes.U64.withName("blob"));

  public static final int TYPE = at(LAYOUT, "type");
  public static final int ENTRY = at(LAYOUT, "entry");
  public static final int BLOB = at(LAYOUT, "blob");
  public static final int SIZE = Math.toIntExact(LAYOUT.byteSize());

  static {
    Bytes.require(FrameSize.MAX_ENTRIES <= 256, "an entry's number fits one byte");
  }

  private Edge() {}

  public static long blob(MemorySegment segment, long edge) {
    return Bytes.i64(segment, edge + BLOB);
  }

  public static int entry(MemorySegment segment, long edge) {
    return Bytes.u8(segment, edge + ENTRY);
  }

  public static void set(MemorySegment segment, long edge, long blob, int entry) {
    Bytes.setI64(segment, edge + TYPE, (long) entry << 8 | NodeType.EDGE); // and what is reserved
    Bytes.setI64(segment, edge + BLOB, blob);
  }

  /** Whether the fields of the edge at {@code edge} can be true together. */
  public static boolean check(MemorySegment segment, long edge) {
    return (Bytes.i64(segment, edge + TYPE) & ~0xFF00L) == NodeType.EDGE
        && entry(segment, edge) < FrameSize.MAX_ENTRIES;
  }
}
