package io.drey.vfs;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * An open file with positional access. Any number of threads may use it at once; transfers of
 * overlapping ranges at the same time have no order.
 *
 * <p>It stays attached to the file that was opened, also after that is renamed or deleted. Every
 * method but {@link #path}, {@link #caching} and {@link #close} throws {@link FileClosedException}
 * once the file is closed. Positions and lengths are bytes; negative ones are an {@link
 * IllegalArgumentException}.
 *
 * <p>A file opened as {@link Caching#DIRECT} takes only transfers whose position, length and native
 * address are multiples of {@link #DIRECT_ALIGNMENT}, whatever {@link #caching} was got; others
 * throw {@link IllegalArgumentException}. Writing a file opened for {@link OpenMode#READ} throws
 * {@link java.nio.channels.NonWritableChannelException}.
 */
public interface StorageFile extends AutoCloseable {
  /** Alignment in bytes of position, length and address in transfers of a DIRECT file. */
  int DIRECT_ALIGNMENT = 4096;

  /** The path it was opened by. */
  Path path();

  /** What was really got: BUFFERED where the file system refuses direct transfers. */
  Caching caching();

  /** Length of the file in bytes. */
  long size() throws IOException;

  /**
   * Fills {@code target} from {@code position} on, unless the file ends first.
   *
   * @return bytes read; 0 at the end of the file, and beyond it
   */
  int read(long position, MemorySegment target) throws IOException;

  /**
   * Writes all of {@code source} at {@code position}. A file grows when written past its end; bytes
   * skipped over read as zero.
   *
   * <p>What a power cut leaves: until a {@link #force} that began afterwards has returned, any part
   * of it, down to single sectors, in any order with other writes. After a failure any part of the
   * range may have been written.
   */
  void write(long position, MemorySegment source) throws IOException;

  /**
   * Writes zeros over {@code bytes} from {@code position} on, a file's first content before it is
   * mapped: durable, and failing, as {@link #write}. On a disk it leaves the range cached page by
   * page, so that a later store through a mapping and its force write no more than the pages stored
   * to.
   */
  default void writeZeros(long position, long bytes) throws IOException {
    Transfers.checkLength(bytes);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment zeros =
          arena.allocate(Math.min(bytes, Transfers.ZERO_BYTES_MAX), DIRECT_ALIGNMENT);
      for (long done = 0; done < bytes; done += zeros.byteSize()) {
        write(position + done, zeros.asSlice(0, Math.min(zeros.byteSize(), bytes - done)));
      }
    }
  }

  /**
   * Cuts the file to {@code bytes}; no effect on a file that is not longer. Durable after the next
   * {@link #force}.
   *
   * @throws IllegalStateException if it would cut into a region mapped through this object
   */
  void truncate(long bytes) throws IOException;

  /**
   * Returns when every write and truncation that returned before the call is on stable storage,
   * with the size needed to read it. The file's name is not: see {@link Vfs#forceDirectory}.
   *
   * <p>After a failure nothing is known of what reached the disk, and the operating system may
   * report success for the next force although data were lost: the failure is final.
   */
  void force() throws IOException;

  /**
   * Maps {@code bytes} from {@code position} on, writable if the file is.
   *
   * @throws java.io.EOFException if the range does not lie inside the file
   * @throws IllegalStateException if a region mapped through this object overlaps it
   * @throws UnsupportedOperationException if the file was opened as {@link Caching#DIRECT}
   */
  MappedRegion map(long position, long bytes) throws IOException;

  /**
   * Closes the file; regions stay. Writes not forced reach the disk at the system's leisure.
   * Threads inside other methods finish or get {@link FileClosedException}. Closing again has no
   * effect.
   */
  @Override
  void close() throws IOException;
}
