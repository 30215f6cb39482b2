package io.drey.vfs;

import java.io.EOFException;
import java.nio.file.Path;

/** Which ranges of a file may be mapped. */
final class MappedRanges {
  private MappedRanges() {}

  static void check(Path path, long position, long bytes, long size) throws EOFException {
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

  static void checkDisjoint(Path path, long position, long bytes, long start, long end) {
    if (position < end && start < position + bytes) {
      throw new IllegalStateException(path + ": already mapped from " + start + " to " + end);
    }
  }
}
