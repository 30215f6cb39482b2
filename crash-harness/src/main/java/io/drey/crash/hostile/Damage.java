package io.drey.crash.hostile;

import io.drey.vfs.Caching;
import io.drey.vfs.OpenMode;
import io.drey.vfs.StorageFile;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * Harm done to a file at rest.
 *
 * @param position of the byte
 * @param bit of that byte, for a flipped bit
 */
public record Damage(Kind kind, Path file, long position, int bit) {
  /** What becomes of the bytes. */
  public enum Kind {
    /** One bit is flipped. */
    FLIPPED_BIT,
    /** The sector of 512 bytes with that byte reads as zeros. */
    ZEROED_SECTOR,
    /** The file ends before that byte. */
    CUT
  }

  /** Does the harm; the file exists and has that byte. */
  public void inflict(Vfs disk) throws IOException {
    try (StorageFile opened = disk.open(file, OpenMode.WRITE, Caching.BUFFERED)) {
      switch (kind) {
        case FLIPPED_BIT -> {
          byte[] there = Sectors.read(opened, position, 1);
          there[0] ^= (byte) (1 << bit);
          opened.write(position, MemorySegment.ofArray(there));
        }
        case ZEROED_SECTOR -> {
          long start = position - position % Sectors.BYTES;
          int bytes = (int) Math.min(Sectors.BYTES, opened.size() - start);
          opened.write(start, MemorySegment.ofArray(new byte[bytes]));
        }
        case CUT -> opened.truncate(position);
      }
      opened.force();
    }
  }

  /** For example {@code FLIPPED_BIT /store/log 17 bit 3}. */
  @Override
  public String toString() {
    String where = "%s %s %d".formatted(kind, file, position);
    return kind == Kind.FLIPPED_BIT ? where + " bit " + bit : where;
  }
}
