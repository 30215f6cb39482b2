package io.drey.cli;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The value of a file's record: what {@code lstat} says, in 32 bytes, little-endian.
 *
 * <pre>
 *   0       8               16      20      24      28      32
 *   | size  | mtime seconds | mode  | uid   | gid   | nanos |
 *   | i64   | i64           | u32   | u32   | u32   | u32   |
 * </pre>
 *
 * The mode holds the file's type in its upper bits, as in {@code st_mode}; a type of 0 is unknown.
 * Nanos are those of the mtime, below 10^9.
 *
 * @param size in bytes
 * @param seconds of the last change of content, since 1970
 * @param mode type and permissions
 * @param uid owner
 * @param gid group
 * @param nanos of the last change of content
 */
record FileRecord(long size, long seconds, int mode, int uid, int gid, int nanos) {
  static final int BYTES = 32;

  static final int TYPE_MASK = 0170000;
  static final int DIRECTORY = 0040000;
  static final int REGULAR = 0100000;
  static final int SYMBOLIC_LINK = 0120000;

  private static final int SIZE = 0;
  private static final int SECONDS = 8;
  private static final int MODE = 16;
  private static final int UID = 20;
  private static final int GID = 24;
  private static final int NANOS = 28;
  private static final int NANOS_PER_SECOND = 1_000_000_000;

  /** Fills {@code target}, which has {@link #BYTES} bytes. */
  void writeTo(ByteBuffer target) {
    target
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(SIZE, size)
        .putLong(SECONDS, seconds)
        .putInt(MODE, mode)
        .putInt(UID, uid)
        .putInt(GID, gid)
        .putInt(NANOS, nanos);
  }

  /** The record in a value; null = the value is none. */
  static @Nullable FileRecord of(byte[] bytes, int offset, int length) {
    if (length != BYTES) {
      return null;
    }
    ByteBuffer value =
        ByteBuffer.wrap(bytes, offset, length).slice().order(ByteOrder.LITTLE_ENDIAN);
    FileRecord found =
        new FileRecord(
            value.getLong(SIZE),
            value.getLong(SECONDS),
            value.getInt(MODE),
            value.getInt(UID),
            value.getInt(GID),
            value.getInt(NANOS));
    return found.isPlausible() ? found : null;
  }

  int type() {
    return mode & TYPE_MASK;
  }

  /** Type and permissions as {@code ls -l} shows them. */
  String modeText() {
    char[] text = new char[10];
    text[0] =
        switch (type()) {
          case DIRECTORY -> 'd';
          case SYMBOLIC_LINK -> 'l';
          default -> '-';
        };
    for (int i = 0; i < 9; i++) {
      text[i + 1] = (mode >> (8 - i) & 1) == 0 ? '-' : "rwx".charAt(i % 3);
    }
    special(text, 3, 04000, 's');
    special(text, 6, 02000, 's');
    special(text, 9, 01000, 't');
    return new String(text);
  }

  private void special(char[] text, int index, int bit, char letter) {
    if ((mode & bit) != 0) {
      text[index] = text[index] == 'x' ? letter : Character.toUpperCase(letter);
    }
  }

  private boolean isPlausible() {
    return size >= 0 && mode >= 0 && mode < 0200000 && nanos >= 0 && nanos < NANOS_PER_SECOND;
  }
}
