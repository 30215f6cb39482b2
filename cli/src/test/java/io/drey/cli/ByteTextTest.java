package io.drey.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Bytes as text, paths and values. */
final class ByteTextTest {
  @Property(tries = 500)
  void escapesComeBack(@ForAll byte[] bytes) {
    String escaped = ByteText.escape(bytes, 0, bytes.length);

    assertTrue(escaped.chars().allMatch(c -> c >= ' ' && c < 0x7f), escaped);
    assertArrayEquals(bytes, ByteText.unescape(escaped));
  }

  @Property(tries = 500)
  void byteTextComesBack(@ForAll byte[] bytes) {
    assertArrayEquals(bytes, ByteText.bytes(ByteText.of(bytes)));
  }

  @Property(tries = 300)
  void pathsComeBack(@ForAll byte[] name) {
    StringBuilder plain = new StringBuilder("/n");
    for (byte b : name) {
      plain.append(b == 0 || b == '/' ? 'x' : (char) (b & 0xff));
    }

    Path path = BytePaths.absolute(plain.toString());

    assertEquals(plain.toString(), ByteText.of(BytePaths.bytes(path)));
    assertEquals(plain.substring(1), ByteText.of(BytePaths.nameBytes(path)));
  }

  @Property(tries = 300)
  void aLinesValueTellsItsGeneration(
      @ForAll @LongRange(min = 0, max = 1L << 40) long line,
      @ForAll @IntRange(max = LineRecord.MOST_GENERATION) int generation) {
    byte[] value = new byte[LineRecord.BYTES];
    LineRecord.fill(ByteBuffer.wrap(value), line, generation);

    assertEquals(generation, LineRecord.generation(value, line));
    assertEquals(LineRecord.UNKNOWN, LineRecord.generation(value, line + 1));
  }

  @Test
  void validUtf8IsRecognised() {
    byte[] valid = {'a', (byte) 0xc3, (byte) 0xa9};
    byte[] cut = {'a', (byte) 0xc3};

    assertTrue(ByteText.isUtf8(valid, 0, valid.length));
    assertFalse(ByteText.isUtf8(cut, 0, cut.length));
  }

  @Test
  void sizesTakeALetter() {
    SizeConverter sizes = new SizeConverter();

    assertEquals(64L << 20, sizes.convert("64m"));
    assertEquals(1L << 30, sizes.convert("1G"));
    assertEquals(12L << 10, sizes.convert("12k"));
    assertEquals(1_073_741_824L, sizes.convert("1073741824"));
  }
}
