package io.drey.engine.store;

import java.util.zip.CRC32C;

/** CRC32C of whole arrays and of salted records. */
final class Crc32c {
  private Crc32c() {}

  static int of(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length);
    return (int) crc.getValue();
  }

  /** The CRC of {@code salt} followed by {@code length} bytes of {@code bytes}. */
  static int salted(byte[] salt, byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(salt, 0, salt.length);
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }
}
