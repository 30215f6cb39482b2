package io.drey.engine.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class MutationCodecTest {
  private static final byte[] KEY = {1, 2, 0, 3};
  private static final byte[] VALUE = {9, 8};

  @Nested
  final class ARecord {
    @Test
    void pinsTheFormatOfAPut() {
      byte[] body = MutationCodec.put(KEY, VALUE);
      byte[] expected =
          ByteBuffer.allocate(14)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putInt(4)
              .putInt(2)
              .put(KEY)
              .put(VALUE)
              .array();
      assertArrayEquals(expected, body);
    }

    @Test
    void readsBackFromTheMiddleOfABuffer() {
      byte[] body = MutationCodec.put(KEY, VALUE);
      byte[] buffer = new byte[body.length + 20];
      System.arraycopy(body, 0, buffer, 7, body.length);
      List<Mutation> read = MutationCodec.decode(MutationType.PUT, buffer, 7, body.length);
      Mutation.Put put = assertInstanceOf(Mutation.Put.class, read.getFirst());
      assertArrayEquals(KEY, put.key());
      assertArrayEquals(VALUE, put.value());
    }

    @Test
    void isRefusedAtEveryShorterLength() {
      byte[] body = MutationCodec.rename(KEY, VALUE);
      for (int length = 0; length < body.length; length++) {
        byte[] cut = Arrays.copyOf(body, length);
        assertThrows(
            IllegalArgumentException.class,
            () -> MutationCodec.decode(MutationType.RENAME, cut, 0, cut.length));
      }
    }

    @Test
    void isRefusedWithLengthsThatOverflow() {
      byte[] body =
          ByteBuffer.allocate(16)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putInt(Integer.MAX_VALUE)
              .putInt(Integer.MAX_VALUE)
              .array();
      assertThrows(
          IllegalArgumentException.class,
          () -> MutationCodec.decode(MutationType.PUT, body, 0, body.length));
    }

    @Test
    void isRefusedWithAnUnknownType() {
      byte[] body = MutationCodec.delete(KEY);
      assertThrows(
          IllegalArgumentException.class, () -> MutationCodec.decode(99, body, 0, body.length));
    }
  }

  @Nested
  final class ABatch {
    private final List<Mutation> operations =
        List.of(
            new Mutation.Put(KEY, VALUE),
            new Mutation.Delete(VALUE),
            new Mutation.Rename(KEY, new byte[0]));

    @Test
    void keepsItsOperationsInOrder() {
      byte[] body = MutationCodec.batch(operations);
      List<Mutation> read = MutationCodec.decode(MutationType.BATCH, body, 0, body.length);
      assertEquals(3, read.size());
      assertArrayEquals(VALUE, assertInstanceOf(Mutation.Delete.class, read.get(1)).key());
      assertArrayEquals(new byte[0], assertInstanceOf(Mutation.Rename.class, read.get(2)).target());
    }

    @Test
    void isAsLongAsItSays() {
      assertEquals(MutationCodec.batchBytes(operations), MutationCodec.batch(operations).length);
    }

    @Test
    void isRefusedAtEveryShorterLengthAndWithBytesLeftOver() {
      byte[] body = MutationCodec.batch(operations);
      for (int length = 0; length < body.length; length++) {
        byte[] cut = Arrays.copyOf(body, length);
        assertThrows(
            IllegalArgumentException.class,
            () -> MutationCodec.decode(MutationType.BATCH, cut, 0, cut.length));
      }
      byte[] longer = Arrays.copyOf(body, body.length + 1);
      assertThrows(
          IllegalArgumentException.class,
          () -> MutationCodec.decode(MutationType.BATCH, longer, 0, longer.length));
    }
  }
}
