package io.drey.vfs.contract;

import io.drey.vfs.StorageFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** Segments of bytes for tests. */
public final class TestBytes {
  private TestBytes() {}

  /** Aligned native memory that a garbage collection frees. */
  public static MemorySegment room(long bytes) {
    return Arena.ofAuto().allocate(bytes, StorageFile.DIRECT_ALIGNMENT);
  }

  /** Aligned native memory full of bytes that follow from the seed. */
  public static MemorySegment pattern(long bytes, long seed) {
    MemorySegment segment = room(bytes);
    SplittableRandom random = new SplittableRandom(seed);
    for (long i = 0; i < bytes; i++) {
      segment.set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt());
    }
    return segment;
  }

  public static MemorySegment text(String text) {
    return MemorySegment.ofArray(text.getBytes(StandardCharsets.US_ASCII));
  }

  public static boolean same(MemorySegment left, MemorySegment right) {
    return left.mismatch(right) == -1;
  }

  /** What the file has in that range, as far as it reaches, read as one piece. */
  public static MemorySegment readBack(StorageFile file, long position, long bytes)
      throws IOException {
    MemorySegment target = room(bytes);
    return target.asSlice(0, file.read(position, target));
  }
}
