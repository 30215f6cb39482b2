package io.drey.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Files in 64 categories of 128 directories, with 32 bytes of attributes. */
record FileSystemSet(int size) implements DataSet {
  private static final int CATEGORIES = 64;
  private static final int DIRECTORIES = 128;
  private static final int ATTRIBUTE_BYTES = 32;
  private static final int MODE = 0644;
  private static final int OWNER = 1_000;
  private static final long EPOCH_SECONDS = 1_700_000_000L;

  @Override
  public String name() {
    return "fs";
  }

  @Override
  public byte[] key(int record) {
    return "/usr/local/share/category-%02d/dir-%03d/file-%06d"
        .formatted(
            record % CATEGORIES,
            record / CATEGORIES % DIRECTORIES,
            record / (CATEGORIES * DIRECTORIES))
        .getBytes(ISO_8859_1);
  }

  @Override
  public byte[] value(int record) {
    return attributes(record);
  }

  @Override
  public byte[] rollupPrefix(int record) {
    return "/usr/local/share/category-%02d/".formatted(record % CATEGORIES).getBytes(ISO_8859_1);
  }

  /** Size, time, mode, owner, group and links of a file, little-endian. */
  static byte[] attributes(int record) {
    return ByteBuffer.allocate(ATTRIBUTE_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(record * 1_024L)
        .putLong(EPOCH_SECONDS + record)
        .putInt(MODE)
        .putInt(OWNER)
        .putInt(OWNER)
        .putInt(1)
        .array();
  }
}
