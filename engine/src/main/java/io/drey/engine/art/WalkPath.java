package io.drey.engine.art;

import io.drey.engine.frame.Frame;
import io.drey.engine.frame.Frames;
import io.drey.engine.frame.LatchedFrame;
import io.drey.engine.latch.FrameLatch;
import io.drey.engine.layout.Bytes;
import io.drey.engine.layout.FrameSize;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where a range walk stands: the key bytes from the root to here, the inner nodes on the way whose
 * remaining children are still due, the frame that is being read, and the stamps of all frames that
 * were. Scratch memory: nothing in it is read before it was written in the same fill.
 */
final class WalkPath {
  private static final int FIRST_BYTES = 256;
  private static final int FIRST_NODES = 32;
  private static final int FIRST_CROSSINGS = 8;

  /** Bytes behind the used ones that a copy may touch. */
  static final int SLACK = Long.BYTES;

  /** Up to here eight bytes at a time are faster than a call. */
  private static final int WORDWISE_BYTES_MAX = 32;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  byte[] bytes = new byte[FIRST_BYTES];
  int length;

  /** The segment that the current frame lies in, and its first byte there. */
  MemorySegment segment = MemorySegment.NULL;

  long base;

  /** The open nodes, outermost first: place in the segment, next child, path length behind each. */
  long[] nodes = new long[FIRST_NODES];

  /** Per open node: the number of the crossing that led to its frame. */
  private int[] crossings = new int[FIRST_NODES];

  int[] cursors = new int[FIRST_NODES];
  int[] depths = new int[FIRST_NODES];
  int open;

  /** The blobs crossed to in this fill: latch, stamp, and the frame under that stamp. */
  private @Nullable LatchedFrame[] owners = new LatchedFrame[FIRST_CROSSINGS];

  private long[] stamps = new long[FIRST_CROSSINGS];
  private @Nullable Frame[] places = new Frame[FIRST_CROSSINGS];
  private int crossed;

  /** The crossing that led to the current frame. */
  private int current;

  /** The blob that {@link #cross} did not find in memory. */
  long missing;

  void begin() {
    length = 0;
    open = 0;
    crossed = 0;
  }

  /** Absolute offset of a node of the current frame. */
  long node(int ref) {
    return base + ((long) ref << FrameSize.REF_SHIFT);
  }

  /**
   * Makes the frame of {@code blob} the current one. {@link RangeWalker#GO_ON}, {@link
   * RangeWalker#MISSING} when it is not in memory, {@link RangeWalker#STALE} when the edge, read
   * from the current frame, or the blob is no longer what it was.
   */
  int cross(Frames all, long blob) {
    LatchedFrame next = all.latched(blob);
    if (next == null) {
      return RangeWalker.STALE;
    }
    long stamp = all.stamp(next);
    // ORDER: the child's stamp, then the parent's validation: the edge was true at that moment.
    if (crossed > 0 && !isValid(current)) {
      return RangeWalker.STALE;
    }
    if (FrameLatch.isHeld(stamp)) {
      next.met();
      return RangeWalker.STALE;
    }
    Frame place = next.frame();
    if (place == null) {
      missing = blob;
      return next.isValid(stamp) ? RangeWalker.MISSING : RangeWalker.STALE;
    }
    int at = crossed;
    if (at == stamps.length) {
      owners = Arrays.copyOf(owners, 2 * at);
      stamps = Arrays.copyOf(stamps, 2 * at);
      places = Arrays.copyOf(places, 2 * at);
    }
    owners[at] = next;
    stamps[at] = stamp;
    places[at] = place;
    crossed = at + 1;
    enter(at, place);
    return RangeWalker.GO_ON;
  }

  private void enter(int crossing, Frame place) {
    current = crossing;
    segment = place.segment;
    base = place.base;
  }

  private boolean isValid(int crossing) {
    LatchedFrame owner = owners[crossing];
    boolean valid = owner != null && owner.isValid(stamps[crossing]);
    if (!valid && owner != null) {
      owner.met();
    }
    return valid;
  }

  /** Whether all that was read in this fill was there at one moment: now. */
  boolean isValid() {
    for (int crossing = 0; crossing < crossed; crossing++) {
      if (!isValid(crossing)) {
        return false;
      }
    }
    return true;
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
    crossings[at] = current;
    cursors[at] = cursor;
    depths[at] = length;
    open = at + 1;
  }

  /** Makes the frame of the innermost open node the current one again. */
  void back() {
    int crossing = crossings[open - 1];
    Frame place = places[crossing];
    if (crossing != current && place != null) {
      enter(crossing, place);
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
    crossings = Arrays.copyOf(crossings, size);
    cursors = Arrays.copyOf(cursors, size);
    depths = Arrays.copyOf(depths, size);
  }
}
