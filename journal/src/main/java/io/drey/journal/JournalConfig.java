package io.drey.journal;

import io.drey.vfs.Vfs;
import java.nio.file.Path;

/**
 * Where a journal lives.
 *
 * @param vfs the file system
 * @param directory holds the segment files {@code journal-<number>}
 * @param storeId written into every segment and checked
 * @param segmentBytes size of new segments: a multiple of 4096 from 64 KiB to 16 MiB
 * @param storeNumber under which events tell of it, 0 = none; see {@link StoreNumber}
 */
public record JournalConfig(
    Vfs vfs, Path directory, StoreId storeId, int segmentBytes, long storeNumber) {

  /** The usual size of a segment, 16 MiB. */
  public static final int DEFAULT_SEGMENT_BYTES = Position.MAX_SEGMENT_BYTES;

  /** The smallest size of a segment, 64 KiB. */
  public static final int MIN_SEGMENT_BYTES = 64 << 10;

  /** Refuses segment sizes outside the limits. */
  public JournalConfig {
    if (segmentBytes < MIN_SEGMENT_BYTES
        || segmentBytes > Position.MAX_SEGMENT_BYTES
        || segmentBytes % SegmentHeader.BYTES != 0) {
      throw new IllegalArgumentException("segment size out of range: " + segmentBytes);
    }
  }

  /** As the other one, for a journal that events tell of without a number. */
  public JournalConfig(Vfs vfs, Path directory, StoreId storeId, int segmentBytes) {
    this(vfs, directory, storeId, segmentBytes, 0);
  }

  /** The largest body one record can have, in bytes. */
  public int maxBodyBytes() {
    return segmentBytes - SegmentHeader.BYTES - RecordFrame.HEADER_BYTES - Segment.END_RESERVE;
  }

  /** The file of segment {@code number}. */
  public Path file(long number) {
    return directory.resolve(SegmentName.of(number));
  }
}
