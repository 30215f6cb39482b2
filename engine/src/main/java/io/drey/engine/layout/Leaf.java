package io.drey.engine.layout;

import static io.drey.engine.layout.Bytes.at;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * A record: what remains of its key behind the path, its value and its version.
 *
 * <pre>
 *  0      1          2              4               8         16           16 + suffix length
 * +------+----------+--------------+---------------+---------+------------+-----------+
 * | type | reserved | value length | suffix length | version | suffix ... | value ... |
 * +------+----------+--------------+---------------+---------+------------+-----------+
 * </pre>
 *
 * <p>The suffix length is 32 bits wide because a physical key can exceed 65,535 bytes. The version
 * is the seq of the mutation that wrote the record.
 */
public final class Leaf {
  static final StructLayout LAYOUT =
      MemoryLayout.structLayout(
          Bytes.U8.withName("type"),
          Bytes.U8.withName("reserved"),
          Bytes.U16.withName("valueLength"),
          Bytes.U32.withName("suffixLength"),
          Bytes.U64.withName("version"),
          MemoryLayout.sequenceLayout(0, Bytes.U8).withName("suffix"));

  public static final int TYPE = at(LAYOUT, "type");
  public static final int VALUE_LENGTH = at(LAYOUT, "valueLength");
  public static final int SUFFIX_LENGTH = at(LAYOUT, "suffixLength");
  public static final int VERSION = at(LAYOUT, "version");
  public static final int SUFFIX = at(LAYOUT, "suffix");

  static {
    Bytes.require(TYPE == 0 && VALUE_LENGTH == 2, "a leaf's head holds type and value length");
    Bytes.require(SUFFIX_LENGTH == 4, "a leaf's head ends with the suffix length");
  }

  private Leaf() {}

  /** The first eight bytes of any node at once: its type, and if that is a leaf its lengths. */
  public static long head(MemorySegment segment, long node) {
    return Bytes.i64(segment, node + TYPE);
  }

  /** The node type in a {@link #head}. */
  public static int typeIn(long head) {
    return (int) head & 0xFF;
  }

  /** The value length in a leaf's {@link #head}. */
  public static int valueLengthIn(long head) {
    return (int) head >>> 16;
  }

  /** The suffix length in a leaf's {@link #head}. */
  public static int suffixLengthIn(long head) {
    return (int) (head >>> 32);
  }

  public static int valueLength(MemorySegment segment, long leaf) {
    return Bytes.u16(segment, leaf + VALUE_LENGTH);
  }

  public static int suffixLength(MemorySegment segment, long leaf) {
    return Bytes.i32(segment, leaf + SUFFIX_LENGTH);
  }

  public static long version(MemorySegment segment, long leaf) {
    return Bytes.i64(segment, leaf + VERSION);
  }

  /** Absolute offset of the value's bytes. */
  public static long value(MemorySegment segment, long leaf) {
    return leaf + SUFFIX + suffixLength(segment, leaf);
  }

  /** Bytes a leaf with these lengths takes. */
  public static int size(int suffixLength, int valueLength) {
    return Bytes.align8(SUFFIX + suffixLength + valueLength);
  }

  /** Bytes the leaf at {@code leaf} takes. */
  public static int size(MemorySegment segment, long leaf) {
    return size(suffixLength(segment, leaf), valueLength(segment, leaf));
  }

  /** Writes the header; suffix and value are the caller's. */
  public static void set(
      MemorySegment segment, long leaf, int suffixLength, int valueLength, long version) {
    Bytes.setU16(segment, leaf + TYPE, NodeType.LEAF); // and the reserved byte
    Bytes.setU16(segment, leaf + VALUE_LENGTH, valueLength);
    Bytes.setI32(segment, leaf + SUFFIX_LENGTH, suffixLength);
    Bytes.setI64(segment, leaf + VERSION, version);
  }

  public static void setSuffixLength(MemorySegment segment, long leaf, int bytes) {
    Bytes.setI32(segment, leaf + SUFFIX_LENGTH, bytes);
  }

  /** Whether the fields of the leaf at {@code leaf} can be true together. */
  public static boolean check(MemorySegment segment, long leaf) {
    int suffix = suffixLength(segment, leaf);
    return Bytes.u16(segment, leaf + TYPE) == NodeType.LEAF
        && suffix >= 0
        && suffix <= FrameSize.MAX_PHYSICAL_KEY_BYTES
        && valueLength(segment, leaf) <= FrameSize.MAX_VALUE_BYTES;
  }
}
