package io.drey.crash.disk;

import io.drey.crash.Digest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** 4 KiB of a file that are not all zero; never changed, and shared by many images. */
final class Page {
  static final int BYTES = 4096;

  private static final byte[] ZEROS = new byte[BYTES];

  final byte[] bytes;

  /** Computed when first asked for. Racing threads compute the same, and records are immutable. */
  private @Nullable Digest digest;

  private Page(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The page of these bytes, which the caller gives away; null stands for zeros. */
  static @Nullable Page of(byte[] bytes) {
    return Arrays.equals(bytes, ZEROS) ? null : new Page(bytes);
  }

  Digest digest() {
    Digest known = digest;
    if (known == null) {
      known = Digest.of(bytes);
      digest = known;
    }
    return known;
  }
}
