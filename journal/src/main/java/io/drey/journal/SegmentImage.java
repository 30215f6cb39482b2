package io.drey.journal;

import io.drey.vfs.Caching;
import io.drey.vfs.OpenMode;
import io.drey.vfs.StorageFile;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one segment at a time, as a scan reads them. The buffer is kept from segment to
 * segment.
 */
final class SegmentImage {

  private final JournalConfig config;
  private final byte[] prologue = new byte[RecordFrame.SCRATCH_BYTES];
  private final CRC32C crc = new CRC32C();
  private byte[] bytes = new byte[0];
  private int length;
  private SegmentLink link = new SegmentLink(1, 0);

  SegmentImage(JournalConfig config) {
    this.config = config;
  }

  /**
   * Reads the segment {@code wanted}.
   *
   * @return what is wrong with the file as a whole; null if records can be looked at
   */
  @Nullable Damage load(SegmentLink wanted, long newestManifest) throws IOException {
    link = wanted;
    length = 0;
    Vfs vfs = config.vfs();
    Path path = config.file(wanted.number());
    if (!vfs.exists(path)) {
      return Damage.MISSING_SEGMENT;
    }
    try (StorageFile file = vfs.open(path, OpenMode.READ, Caching.BUFFERED)) {
      int size = (int) Math.min(file.size(), Position.MAX_SEGMENT_BYTES);
      if (bytes.length < size) {
        bytes = new byte[size];
      }
      length = file.read(0, MemorySegment.ofArray(bytes).asSlice(0, size));
    }
    Damage damage = SegmentHeader.check(bytes, length, config.storeId(), wanted, newestManifest);
    if (damage == null) {
      length = Math.min(length, SegmentHeader.segmentBytes(bytes));
    }
    return damage;
  }

  SegmentLink link() {
    return link;
  }

  Path path(long number) {
    return config.file(number);
  }

  /** Bytes there are: the size of the segment, or less in a short file. */
  int length() {
    return length;
  }

  byte[] bytes() {
    return bytes;
  }

  long seqFloor() {
    return SegmentHeader.seqFloor(bytes);
  }

  /** What keeps the bytes at {@code offset} from being a record; null if nothing does. */
  @Nullable Damage check(int offset, int limit) {
    return RecordFrame.check(bytes, offset, limit, link, prologue, crc);
  }
}
