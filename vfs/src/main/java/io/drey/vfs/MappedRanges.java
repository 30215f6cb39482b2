package io.drey.vfs;

import java.io.EOFException;
import java.nio.file.Path;

/** Which ranges of a file may be mapped: the checks of {@link StorageFile#map}. */
public final class MappedRanges {
  private MappedRanges() {}

  /** Refuses a range that does not lie inside a file of {@code size} bytes. */
  public static void check(Path path, long position, long bytes, long size) throws EOFException {
    if (position < 0 || bytes <= 0) {
      throw new IllegalArgumentException("no range: position " + position + ", bytes " + bytes);
    }
    if (position > size || bytes > size - position) {
      throw new EOFException(
          path
              + ": mapping of "
              + bytes
              + " bytes from "
              + position
              + " leaves the "
              + size
              + " bytes of the file");
    }
  }

  /** Refuses a range that overlaps the region from {@code start} to {@code end}. */
  public static void checkDisjoint(Path path, long position, long bytes, long start, long end) {
    if (position < end && start < position + bytes) {
      throw new IllegalStateException(path + ": already mapped from " + start + " to " + end);
    }
  }
}
