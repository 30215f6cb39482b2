package io.drey.vfs;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * A range of a file addressed as memory. Positions count from the start of the region.
 *
 * <p>The region and {@link StorageFile#read} and {@link StorageFile#write} of the same file show
 * the same bytes. A region outlives the close of the file it came from. Safe for use by many
 * threads, as far as the bytes themselves are.
 *
 * <p>What a power cut leaves: any stored byte may reach the disk at any time in any order; those
 * covered by a {@link #force} that returned have reached it.
 */
public interface MappedRegion extends AutoCloseable {
  /**
   * The bytes: a native segment any thread may use, writable if the file is. After {@link #close}
   * every access through it throws {@link IllegalStateException}.
   */
  MemorySegment segment();

  /**
   * Tells that the bytes in {@code [from, to)} have been stored to. Every store into {@link
   * #segment()} is followed by one such call before the bytes count on being forced; calls may
   * cover more than was stored. Free of cost on a disk; a recording implementation sees by it what
   * a crash may lose. Never blocks.
   */
  void dirty(long from, long to);

  /**
   * Returns when the bytes in {@code [from, to)} are on stable storage. Not reached by interrupts.
   * After a failure nothing is known of what reached the disk, and forcing again proves nothing.
   *
   * @throws FileClosedException if the region is closed
   * @throws IndexOutOfBoundsException if the range does not lie in the region
   */
  void force(long from, long to) throws IOException;

  /**
   * Ends the region; bytes not forced reach the disk at the system's leisure. A transfer of {@link
   * StorageFile} from or to the segment is waited for, or fails with {@link IllegalStateException};
   * so the caller stops starting them first. Closing again has no effect.
   */
  @Override
  void close();
}
