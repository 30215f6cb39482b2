package io.drey.engine.art;

import io.drey.engine.frame.Frame;
import io.drey.engine.frame.Frames;
import io.drey.engine.layout.Bytes;
import io.drey.engine.layout.FrameSize;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Where a range walk stands: the key bytes from the root to here, the inner nodes on the way whose
 * remaining children are still due, and the frame that is being read. Scratch memory: nothing in it
 * is read before it was written in the same fill.
 */
final class WalkPath {
  private static final int FIRST_BYTES = 256;
  private static final int FIRST_NODES = 32;

  /** Bytes behind the used ones that a copy may touch. */
  static final int SLACK = Long.BYTES;

  /** Up to here eight bytes at a time are faster than a call. */
  private static final int WORDWISE_BYTES_MAX = 32;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  byte[] bytes = new byte[FIRST_BYTES];
  int length;

  /** The current frame, the segment it lies in and its first byte there. */
  int frame;

  MemorySegment segment = MemorySegment.NULL;
  long base;

  /** The open nodes, outermost first: place in the segment, next child, path length behind each. */
  long[] nodes = new long[FIRST_NODES];

  int[] frames = new int[FIRST_NODES];
  int[] cursors = new int[FIRST_NODES];
  int[] depths = new int[FIRST_NODES];
  int open;

  /** The blob that {@link #cross} did not find. */
  long missing;

  void begin() {
    length = 0;
    open = 0;
  }

  /** Absolute offset of a node of the current frame. */
  long node(int ref) {
    return base + ((long) ref << FrameSize.REF_SHIFT);
  }

  /** Makes the frame of {@code blob} the current one; false when it is not in memory. */
  boolean cross(Frames all, long blob) {
    Frame next = all.resident(blob);
    if (next == null) {
      missing = blob;
      return false;
    }
    enter(next);
    return true;
  }

  private void enter(Frame next) {
    frame = next.index;
    segment = next.segment;
    base = next.base;
  }

  /** Writes the whole bound where the path will be: along the bound both are the same. */
  void layOut(KeyBound bound) {
    room(bound.length);
    System.arraycopy(bound.bytes, 0, bytes, 0, bound.length);
  }

  /** Goes {@code count} bytes along the bound that was laid out. */
  void follow(int count) {
    length += count;
  }

  /** Goes to the child of {@code key} below a node whose path has {@code depth} bytes. */
  void endWith(int depth, int key) {
    length = depth;
    room(1);
    bytes[depth] = (byte) key;
    length = depth + 1;
  }

  /** Appends {@code count} bytes at {@code from} of the current segment. */
  void append(long from, int count) {
    checkRoom(count);
    room(count);
    copy(from, bytes, length, count);
    length += count;
  }

  /**
   * Copies {@code count} bytes at {@code from} of the current segment. Reads and writes up to
   * {@link #SLACK} bytes more.
   */
  void copy(long from, byte[] target, int at, int count) {
    if (count > WORDWISE_BYTES_MAX) {
      MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, from, target, at, count);
      return;
    }
    for (int i = 0; i < count; i += Long.BYTES) {
      WORD.set(target, at + i, Bytes.i64(segment, from + i));
    }
  }

  private void room(int count) {
    int needed = length + count + SLACK;
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, needed));
    }
  }

  /** Refuses a key that is longer than any key, before anything is allocated for it. */
  void checkRoom(int count) {
    if (count < 0 || count > FrameSize.MAX_PHYSICAL_KEY_BYTES - length) {
      throw new IndexOutOfBoundsException("key of " + length + " and " + count + " bytes");
    }
  }

  /** How many of {@code count} bytes at {@code from} agree with the bound behind the path. */
  int same(KeyBound bound, long from, int count) {
    int rest = Math.min(count, bound.length - length);
    if (rest >= 0 && rest <= WORDWISE_BYTES_MAX) {
      return sameWords(bound.bytes, from, rest);
    }
    long difference =
        MemorySegment.mismatch(
            segment, from, from + rest, MemorySegment.ofArray(bound.bytes), length, length + rest);
    return difference < 0 ? rest : (int) difference;
  }

  private int sameWords(byte[] bound, long from, int rest) {
    for (int i = 0; i < rest; i += Long.BYTES) {
      long difference = Bytes.i64(segment, from + i) ^ (long) WORD.get(bound, length + i);
      if (difference != 0) {
        return Math.min(rest, i + (Long.numberOfTrailingZeros(difference) >>> 3));
      }
    }
    return rest;
  }

  /** Whether {@code count} bytes at {@code from} agree with the bound and end before it. */
  boolean agrees(KeyBound bound, long from, int count) {
    return count < bound.length - length && same(bound, from, count) == count;
  }

  /** Opens {@code node} of the current frame at child {@code cursor}; the path ends with it. */
  void push(long node, int cursor) {
    int at = open;
    if (at == nodes.length) {
      grow();
    }
    nodes[at] = node;
    frames[at] = frame;
    cursors[at] = cursor;
    depths[at] = length;
    open = at + 1;
  }

  /** Makes the frame of the innermost open node the current one again. */
  void backTo(Frames all) {
    int index = frames[open - 1];
    if (index != frame) {
      enter(all.at(index));
    }
  }

  /** Leaves the innermost open node; the path ends with it, {@code depth} bytes from the root. */
  void close(int depth) {
    open--;
    length = depth;
  }

  private void grow() {
    int size = 2 * nodes.length;
    nodes = Arrays.copyOf(nodes, size);
    frames = Arrays.copyOf(frames, size);
    cursors = Arrays.copyOf(cursors, size);
    depths = Arrays.copyOf(depths, size);
  }
}
