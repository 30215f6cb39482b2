package io.drey.vfs;

import java.lang.foreign.MemorySegment;
import java.nio.channels.NonWritableChannelException;

/** The argument checks that every {@link StorageFile} makes, and sizes of single calls. */
public final class Transfers {
  /** Longest native piece handed to a channel at once; a multiple of the direct alignment. */
  private static final long NATIVE_BYTES = 1L << 30;

  /**
   * Longest heap piece handed to a channel at once. WHY: the JDK copies heap bytes through native
   * memory that it keeps a thread, as large as the largest piece ever.
   */
  private static final long HEAP_BYTES = 128 << 10;

  /** Most zeros that one write brings; a multiple of the direct alignment. */
  static final long ZERO_BYTES_MAX = 1 << 20;

  private Transfers() {}

  static long pieceBytes(MemorySegment segment) {
    return segment.isNative() ? NATIVE_BYTES : HEAP_BYTES;
  }

  /**
   * Refuses what {@link StorageFile#read} refuses; {@code asked} is what the file was opened as.
   */
  public static void checkRead(long position, MemorySegment target, Caching asked) {
    if (target.byteSize() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("reads at most 2^31-1 bytes, not " + target.byteSize());
    }
    if (target.isReadOnly()) {
      throw new IllegalArgumentException("read into a read-only segment");
    }
    check(position, target, asked);
  }

  /** Refuses what {@link StorageFile#write} refuses. */
  public static void checkWrite(long position, MemorySegment source, OpenMode mode, Caching asked) {
    checkWritable(mode);
    check(position, source, asked);
    if (position > Long.MAX_VALUE - source.byteSize()) {
      throw new IllegalArgumentException("write past the largest file position");
    }
  }

  /** Refuses to change a file opened for reading. */
  public static void checkWritable(OpenMode mode) {
    if (mode == OpenMode.READ) {
      throw new NonWritableChannelException();
    }
  }

  /** Refuses a negative length. */
  public static void checkLength(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("negative length " + bytes);
    }
  }

  private static void check(long position, MemorySegment segment, Caching asked) {
    if (position < 0) {
      throw new IllegalArgumentException("negative position " + position);
    }
    if (asked == Caching.DIRECT && !aligned(position, segment)) {
      throw new IllegalArgumentException(
          "unaligned direct transfer: position " + position + ", segment " + segment);
    }
  }

  private static boolean aligned(long position, MemorySegment segment) {
    return segment.isNative()
        && (position | segment.byteSize() | segment.address()) % StorageFile.DIRECT_ALIGNMENT == 0;
  }
}
