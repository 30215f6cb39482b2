package io.drey.crash.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskImageTest {
  private static MemorySegment bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return MemorySegment.ofArray(bytes);
  }

  private static byte[] read(FileImage file) {
    byte[] bytes = new byte[(int) file.size()];
    file.read(0, MemorySegment.ofArray(bytes));
    return bytes;
  }

  @Nested
  class AFile {
    @Test
    void isEqualHoweverItCameAbout() {
      FileImage once = FileImage.EMPTY.write(5_000, bytes(1, 2, 3));
      FileImage twice =
          FileImage.EMPTY.write(5_001, bytes(2, 3)).write(5_000, bytes(1)).truncate(5_003);
      assertEquals(once, twice);
      assertNotEquals(once, once.grow(5_004));
      assertNotEquals(once, once.write(0, bytes(1)));
    }

    @Test
    void doesNotTellZerosThatWereWrittenFromThoseThatWereSkipped() {
      FileImage written = FileImage.EMPTY.write(0, MemorySegment.ofArray(new byte[10_000]));
      assertEquals(FileImage.EMPTY.grow(10_000), written);
    }

    @Test
    void tellsOnePlaceFromAnother() {
      FileImage first = FileImage.EMPTY.grow(1 << 20).write(0, bytes(1));
      FileImage second = FileImage.EMPTY.grow(1 << 20).write(1 << 19, bytes(1));
      assertNotEquals(first, second);
    }

    @Test
    void agreesWithAnArrayOverRandomChanges() {
      long seed = System.nanoTime();
      SplittableRandom random = new SplittableRandom(seed);
      FileImage image = FileImage.EMPTY;
      byte[] model = new byte[0];
      for (int step = 0; step < 400; step++) {
        int position = random.nextInt(600_000);
        if (random.nextInt(3) == 0) {
          image = image.truncate(position);
          model = Arrays.copyOf(model, Math.min(model.length, position));
        } else {
          byte[] written = new byte[random.nextInt(1, 20_000)];
          random.nextBytes(written);
          image = image.write(position, MemorySegment.ofArray(written));
          model = Arrays.copyOf(model, Math.max(model.length, position + written.length));
          System.arraycopy(written, 0, model, position, written.length);
        }
        assertArrayEquals(model, read(image), "seed " + seed + ", step " + step);
      }
      assertEquals(FileImage.EMPTY.write(0, MemorySegment.ofArray(model)), image);
    }

    @Test
    void endsWhereItEnds() {
      assertThrows(IndexOutOfBoundsException.class, () -> FileImage.EMPTY.read(0, bytes(1)));
    }
  }

  @Nested
  class ADisk {
    private final DiskImage image =
        DiskImage.EMPTY
            .withDirectory(Path.of("/d"))
            .withFile(Path.of("/d/f"), FileImage.EMPTY.write(4_999, bytes(7)));

    @Test
    void isEqualByNamesAndBytes() {
      assertEquals(image, DiskState.of(image).everything());
      assertNotEquals(image, image.withDirectory(Path.of("/e")));
      assertNotEquals(image, image.withFile(Path.of("/d/g"), FileImage.EMPTY));
      assertNotEquals(image, image.withFile(Path.of("/d/f"), FileImage.EMPTY));
    }

    @Test
    void isLaidOutOnARealDisk(@TempDir Path directory) throws IOException {
      image.writeTo(directory);
      byte[] expected = new byte[5_000];
      expected[4_999] = 7;
      assertArrayEquals(expected, Files.readAllBytes(directory.resolve("d").resolve("f")));
    }

    @Test
    void needsTheDirectoriesOfItsFiles() {
      DiskImage wrong = DiskImage.EMPTY.withFile(Path.of("/d/f"), FileImage.EMPTY);
      assertThrows(IllegalArgumentException.class, () -> DiskState.of(wrong));
      assertTrue(image.toString().contains("d/f: 5000 bytes"), image::toString);
    }
  }
}
