package io.drey.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drey.vfs.contract.TestBytes;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random writes, truncations and mappings of one file, against an array of bytes. */
class FileHistoryTest {
  private static final int STEPS = 250;
  private static final int LARGEST = 300_000;

  @TempDir private Path directory;

  @Test
  void agreesWithAnArrayOfBytesOnDisk() throws IOException {
    agrees(Vfs.disk(), directory.resolve("file"));
  }

  @Test
  void agreesWithAnArrayOfBytesInMemory() throws IOException {
    agrees(Vfs.memory(), Path.of("file"));
  }

  private static void agrees(Vfs vfs, Path path) throws IOException {
    long seed = System.nanoTime();
    try (StorageFile file = vfs.open(path, OpenMode.CREATE_NEW, Caching.BUFFERED)) {
      new History(file, seed).run();
    }
  }

  private static final class History {
    private final StorageFile file;
    private final long seed;
    private final SplittableRandom random;
    private final List<MappedRegion> regions = new ArrayList<>();
    private byte[] model = new byte[0];

    History(StorageFile file, long seed) {
      this.file = file;
      this.seed = seed;
      this.random = new SplittableRandom(seed);
    }

    void run() throws IOException {
      for (int step = 0; step < STEPS; step++) {
        switch (random.nextInt(6)) {
          case 0 -> truncate();
          case 1 -> map();
          case 2 -> unmap();
          default -> write();
        }
        int now = step;
        MemorySegment read = TestBytes.readBack(file, 0, LARGEST);
        assertEquals(
            -1,
            MemorySegment.ofArray(model).mismatch(read),
            () -> "seed " + seed + ", step " + now);
        assertEquals(model.length, file.size());
      }
      regions.forEach(MappedRegion::close);
    }

    private void write() throws IOException {
      int position = random.nextInt(LARGEST / 2);
      byte[] bytes = new byte[random.nextInt(LARGEST / 2)];
      random.nextBytes(bytes);
      file.write(position, MemorySegment.ofArray(bytes));
      if (bytes.length > 0) {
        model = Arrays.copyOf(model, Math.max(model.length, position + bytes.length));
        System.arraycopy(bytes, 0, model, position, bytes.length);
      }
    }

    private void truncate() throws IOException {
      int bytes = random.nextInt(LARGEST);
      try {
        file.truncate(bytes);
      } catch (IllegalStateException mapped) {
        return;
      }
      model = Arrays.copyOf(model, Math.min(model.length, bytes));
    }

    private void map() throws IOException {
      if (model.length == 0) {
        return;
      }
      int position = random.nextInt(model.length);
      int bytes = 1 + random.nextInt(Math.min(LARGEST / 4, model.length - position));
      MappedRegion region;
      try {
        region = file.map(position, bytes);
      } catch (IllegalStateException overlap) {
        return;
      }
      regions.add(region);
      byte[] stored = new byte[bytes];
      random.nextBytes(stored);
      region.segment().copyFrom(MemorySegment.ofArray(stored));
      region.dirty(0, bytes);
      System.arraycopy(stored, 0, model, position, bytes);
    }

    private void unmap() {
      if (!regions.isEmpty()) {
        regions.remove(random.nextInt(regions.size())).close();
      }
    }
  }
}
