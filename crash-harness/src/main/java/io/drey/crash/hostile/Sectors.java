package io.drey.crash.hostile;

import io.drey.vfs.Caching;
import io.drey.vfs.StorageFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** Reading whole sectors of a file below the tap. */
final class Sectors {
  /** What a disk writes as a whole. */
  static final int BYTES = 512;

  private Sectors() {}

  /** The range as it is on the disk; bytes past the end of the file are zero. */
  static byte[] read(StorageFile file, long position, int bytes) throws IOException {
    if (file.caching() == Caching.BUFFERED) {
      byte[] content = new byte[bytes];
      try {
        file.read(position, MemorySegment.ofArray(content));
        return content;
      } catch (IllegalArgumentException e) {
        // Opened for direct transfers that were not got.
      }
    }
    return readAligned(file, position, bytes);
  }

  private static byte[] readAligned(StorageFile file, long position, int bytes) throws IOException {
    int unit = StorageFile.DIRECT_ALIGNMENT;
    long start = position - position % unit;
    long end = Math.ceilDiv(position + bytes, unit) * (long) unit;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(end - start, unit);
      file.read(start, buffer);
      byte[] all = buffer.toArray(ValueLayout.JAVA_BYTE);
      int from = (int) (position - start);
      return Arrays.copyOfRange(all, from, from + bytes);
    }
  }
}
