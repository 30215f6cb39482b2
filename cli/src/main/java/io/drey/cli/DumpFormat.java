package io.drey.cli;

import java.util.zip.CRC32C;

/**
 * A store as lines of ASCII text, made to outlive formats.
 *
 * <pre>
 *   drey-dump 1
 *   KEY TAB VALUE TAB SUM          one line a record, keys in rising order of their bytes
 *   \end TAB COUNT TAB SUM
 * </pre>
 *
 * KEY is the key with everything but printable ASCII escaped as {@link ByteText#escape} does, so it
 * never begins with {@code \e}. VALUE is Base64. SUM is the CRC32C, in 8 hexadecimal digits, of all
 * bytes of the dump that stand before it, the header and earlier sums included: a line that was
 * changed, lost, added or moved shows at the first sum behind it.
 */
final class DumpFormat {
  static final String HEADER = "drey-dump 1";
  static final String HEADER_NAME = "drey-dump ";
  static final String END = "\\end";

  private static final int SUM_DIGITS = 8;

  private DumpFormat() {}

  static String sum(CRC32C crc) {
    String hex = Long.toHexString(crc.getValue());
    return "0".repeat(SUM_DIGITS - hex.length()) + hex;
  }
}
