package io.drey.engine.layout;

import static io.drey.engine.layout.Bytes.at;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * What all inner nodes begin with.
 *
 * <pre>
 *  0      1       2         4               8
 * +------+-------+---------+---------------+----------------------------------------+
 * | type | count | value   | prefix length | keys / index, refs, then the prefix ...|
 * +------+-------+---------+---------------+----------------------------------------+
 * </pre>
 *
 * <ul>
 *   <li>count: children modulo 256. 0 is 256 in a Node256, and no child in the other types: a node
 *       that carries a value alone.
 *   <li>value: reference of the {@link Leaf} (with an empty suffix) whose key ends here, 0 = none.
 *   <li>prefix length: bytes of the path that this node consumes before it branches. The prefix is
 *       stored whole at the node's tail.
 * </ul>
 *
 * <p>A node's size is its type's {@code PREFIX} offset plus the prefix length, rounded up to 8.
 */
public final class NodeHeader {
  static final StructLayout LAYOUT =
      MemoryLayout.structLayout(
          Bytes.U8.withName("type"),
          Bytes.U8.withName("count"),
          Bytes.U16.withName("value"),
          Bytes.U32.withName("prefixLength"));

  public static final int TYPE = at(LAYOUT, "type");
  public static final int COUNT = at(LAYOUT, "count");
  public static final int VALUE = at(LAYOUT, "value");
  public static final int PREFIX_LENGTH = at(LAYOUT, "prefixLength");
  public static final int SIZE = Math.toIntExact(LAYOUT.byteSize());

  static {
    Bytes.require(TYPE == 0 && VALUE == 2 && PREFIX_LENGTH == 4, "a node's first word holds these");
  }

  private NodeHeader() {}

  /** The first word of any node; see {@link #typeIn}, {@link #valueIn} and so on. */
  public static long head(MemorySegment segment, long node) {
    return Bytes.i64(segment, node + TYPE);
  }

  /** One of {@link NodeType}'s constants in a sound frame; works for every kind of node. */
  public static int type(MemorySegment segment, long node) {
    return Bytes.u8(segment, node + TYPE);
  }

  /** The type in the first word of any node. */
  public static int typeIn(long head) {
    return (int) head & 0xFF;
  }

  /** The value's reference in the first word of an inner node. */
  public static int valueIn(long head) {
    return (int) head >>> 16;
  }

  /** The prefix length in the first word of an inner node. */
  public static int prefixLengthIn(long head) {
    return (int) (head >>> 32);
  }

  /** Children of an inner node, 0..256. */
  public static int count(MemorySegment segment, long node) {
    int stored = Bytes.u8(segment, node + COUNT);
    return stored == 0 && type(segment, node) == NodeType.NODE256 ? 256 : stored;
  }

  /** Reference of the leaf whose key ends at this node, 0 = none. */
  public static int value(MemorySegment segment, long node) {
    return Bytes.u16(segment, node + VALUE);
  }

  /** Bytes of the prefix. Read under an optimistic latch it may be any number. */
  public static int prefixLength(MemorySegment segment, long node) {
    return Bytes.i32(segment, node + PREFIX_LENGTH);
  }

  /** Absolute offset of the prefix of an inner node of type {@code type}. */
  public static long prefix(long node, int type) {
    return node + prefixOffset(type);
  }

  /** Offset of the prefix in an inner node of type {@code type}. */
  public static int prefixOffset(int type) {
    return switch (type) {
      case NodeType.NODE4 -> Node4.PREFIX;
      case NodeType.NODE16 -> Node16.PREFIX;
      case NodeType.NODE48 -> Node48.PREFIX;
      default -> Node256.PREFIX;
    };
  }

  /** Children an inner node of type {@code type} can have. */
  public static int capacity(int type) {
    return switch (type) {
      case NodeType.NODE4 -> Node4.CAPACITY;
      case NodeType.NODE16 -> Node16.CAPACITY;
      case NodeType.NODE48 -> Node48.CAPACITY;
      default -> Node256.CAPACITY;
    };
  }

  /** The smallest inner node type that holds {@code children} children. */
  public static int typeFor(int children) {
    return children <= Node4.CAPACITY
        ? NodeType.NODE4
        : children <= Node16.CAPACITY
            ? NodeType.NODE16
            : children <= Node48.CAPACITY ? NodeType.NODE48 : NodeType.NODE256;
  }

  /** Bytes an inner node of type {@code type} with a prefix of {@code prefixLength} takes. */
  public static int size(int type, int prefixLength) {
    return Bytes.align8(prefixOffset(type) + prefixLength);
  }

  public static void set(MemorySegment segment, long node, int type, int count, int prefixLength) {
    Bytes.setU8(segment, node + TYPE, type);
    Bytes.setU8(segment, node + COUNT, count);
    Bytes.setU16(segment, node + VALUE, 0);
    Bytes.setI32(segment, node + PREFIX_LENGTH, prefixLength);
  }

  public static void setCount(MemorySegment segment, long node, int count) {
    Bytes.setU8(segment, node + COUNT, count);
  }

  public static void setValue(MemorySegment segment, long node, int ref) {
    Bytes.setU16(segment, node + VALUE, ref);
  }

  public static void setPrefixLength(MemorySegment segment, long node, int bytes) {
    Bytes.setI32(segment, node + PREFIX_LENGTH, bytes);
  }

  /** Whether the fields of the inner node at {@code node} can be true together. */
  public static boolean check(MemorySegment segment, long node) {
    int type = type(segment, node);
    int length = prefixLength(segment, node);
    return NodeType.isInner(type)
        && count(segment, node) <= capacity(type)
        && (count(segment, node) > 0 || value(segment, node) != 0)
        && length >= 0
        && length <= FrameSize.MAX_PHYSICAL_KEY_BYTES;
  }
}
