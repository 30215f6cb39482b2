package io.drey.cli;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The value that {@code load} gives to a line: a {@link FileRecord} made up from the line's number,
 * so that {@code verify} can tell it from the value of every other line and generation.
 *
 * <p>Line {@code i} (from 0) of generation {@code g} has size {@code i * 1024 + g % 1024}, mtime
 * {@code 1700000000 + i}, mode 0644, owner and group 1000, and nanos {@code 1 + g}.
 */
final class LineRecord {
  static final int BYTES = FileRecord.BYTES;

  /** No line's value. */
  static final long UNKNOWN = -1;

  /** The highest generation. */
  static final int MOST_GENERATION = 999_999_998;

  private static final int BYTES_PER_LINE = 1024;
  private static final long FIRST_SECOND = 1_700_000_000L;
  private static final int PERMISSIONS = 0644;
  private static final int OWNER = 1000;

  private LineRecord() {}

  /** Fills {@code value}, which has {@link #BYTES} bytes. */
  static void fill(ByteBuffer value, long line, int generation) {
    new FileRecord(
            line * BYTES_PER_LINE + generation % BYTES_PER_LINE,
            FIRST_SECOND + line,
            PERMISSIONS,
            OWNER,
            OWNER,
            1 + generation)
        .writeTo(value);
  }

  /** The generation of a value that belongs to {@code line}; {@link #UNKNOWN} = it does not. */
  static long generation(byte[] value, long line) {
    if (value.length != BYTES) {
      return UNKNOWN;
    }
    FileRecord found = FileRecord.of(value, 0, BYTES);
    if (found == null || found.nanos() < 1) {
      return UNKNOWN;
    }
    byte[] expected = new byte[BYTES];
    fill(ByteBuffer.wrap(expected).order(ByteOrder.LITTLE_ENDIAN), line, found.nanos() - 1);
    return Arrays.equals(expected, value) ? found.nanos() - 1 : UNKNOWN;
  }
}
