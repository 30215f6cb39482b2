package io.drey.engine.art;

import io.drey.engine.frame.Frame;
import io.drey.engine.frame.Frames;
import io.drey.engine.layout.FrameSize;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Where a range walk stands: the key bytes from the root to here, the inner nodes on the way whose
 * remaining children are still due, and the frame that is being read. Scratch memory: nothing in it
 * is read before it was written in the same fill.
 */
final class WalkPath {
  private static final int FIRST_BYTES = 256;
  private static final int FIRST_NODES = 32;

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

  void append(byte b) {
    int at = length;
    if (at == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * at);
    }
    bytes[at] = b;
    length = at + 1;
  }

  /** Appends {@code count} bytes at {@code from} of the current segment. */
  void append(long from, int count) {
    checkRoom(count);
    int at = length;
    if (count > bytes.length - at) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, at + count));
    }
    copy(from, bytes, at, count);
    length = at + count;
  }

  /** Copies {@code count} bytes at {@code from} of the current segment. */
  void copy(long from, byte[] target, int at, int count) {
    MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, from, target, at, count);
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
    long difference =
        MemorySegment.mismatch(
            segment, from, from + rest, MemorySegment.ofArray(bound.bytes), length, length + rest);
    return difference < 0 ? rest : (int) difference;
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

  private void grow() {
    int size = 2 * nodes.length;
    nodes = Arrays.copyOf(nodes, size);
    frames = Arrays.copyOf(frames, size);
    cursors = Arrays.copyOf(cursors, size);
    depths = Arrays.copyOf(depths, size);
  }
}
