package io.drey.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/** Objects in 32 buckets, with a value of 60 characters of JSON. */
record ObjectStoreSet(int size) implements DataSet {
  static final int BUCKETS = 32;
  private static final int VALUE_BYTES = 60;

  @Override
  public String name() {
    return "objstore";
  }

  @Override
  public byte[] key(int record) {
    int file = record / BUCKETS;
    return "bucket-%02d/path/sub-%03d/file-%08d.bin"
        .formatted(record % BUCKETS, file / 256 % 1_000, file)
        .getBytes(ISO_8859_1);
  }

  @Override
  public byte[] value(int record) {
    long bucket = record % BUCKETS;
    long file = record / BUCKETS;
    byte[] text =
        "{\"size\":%08d,\"etag\":\"%08x\",\"class\":\"STD\"}"
            .formatted(
                (file * 1_000 + bucket * 100) % 100_000_000, (int) (bucket * 1_000_003 + file))
            .getBytes(ISO_8859_1);
    byte[] value = Arrays.copyOf(text, VALUE_BYTES);
    Arrays.fill(value, text.length, VALUE_BYTES, (byte) ' ');
    return value;
  }

  @Override
  public byte[] rollupPrefix(int record) {
    return "bucket-%02d/path/".formatted(record % BUCKETS).getBytes(ISO_8859_1);
  }
}
