package io.drey.engine.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Bodies of the engine's journal records, little-endian.
 *
 * <pre>
 * PUT     u32 key length | u32 value length  | key    | value
 * DELETE  u32 key length | u32 0             | key
 * RENAME  u32 source len | u32 target length | source | target
 * BATCH   u32 operations, then each: u32 type | its body as above
 * </pre>
 *
 * A batch's operations are replayed in their order; operation i carries the record's sequence
 * number plus i. A batch whose operation count differs from the record's sequence count is damaged.
 */
public final class MutationCodec {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int LENGTHS = 8;
  private static final byte[] NOTHING = {};

  private MutationCodec() {}

  public static byte[] put(byte[] key, byte[] value) {
    return pair(key, value);
  }

  public static byte[] delete(byte[] key) {
    return pair(key, NOTHING);
  }

  public static byte[] rename(byte[] source, byte[] target) {
    return pair(source, target);
  }

  private static byte[] pair(byte[] first, byte[] second) {
    byte[] body = new byte[LENGTHS + first.length + second.length];
    write(body, 0, first, second);
    return body;
  }

  private static int write(byte[] body, int at, byte[] first, byte[] second) {
    INT.set(body, at, first.length);
    INT.set(body, at + Integer.BYTES, second.length);
    System.arraycopy(first, 0, body, at + LENGTHS, first.length);
    System.arraycopy(second, 0, body, at + LENGTHS + first.length, second.length);
    return at + LENGTHS + first.length + second.length;
  }

  /** Bytes of a batch's body; the caller compares it with the journal's limit first. */
  public static long batchBytes(List<Mutation> operations) {
    long bytes = Integer.BYTES;
    for (Mutation operation : operations) {
      bytes += Integer.BYTES + LENGTHS + first(operation).length + second(operation).length;
    }
    return bytes;
  }

  public static byte[] batch(List<Mutation> operations) {
    byte[] body = new byte[Math.toIntExact(batchBytes(operations))];
    INT.set(body, 0, operations.size());
    int at = Integer.BYTES;
    for (Mutation operation : operations) {
      INT.set(body, at, type(operation));
      at = write(body, at + Integer.BYTES, first(operation), second(operation));
    }
    return body;
  }

  /** The operations of one record; an {@link IllegalArgumentException} says how it is damaged. */
  public static List<Mutation> decode(int type, byte[] body, int offset, int length) {
    List<Mutation> operations = new ArrayList<>();
    int end = offset + length;
    if (type != MutationType.BATCH) {
      if (readOne(type, body, offset, end, operations) != end) {
        throw new IllegalArgumentException("a record of type " + type + " has bytes left over");
      }
      return operations;
    }
    if (length < Integer.BYTES) {
      throw new IllegalArgumentException("a batch without an operation count");
    }
    int count = (int) INT.get(body, offset);
    int at = offset + Integer.BYTES;
    for (int i = 0; i < count; i++) {
      if (end - at < Integer.BYTES) {
        throw new IllegalArgumentException("a batch ends inside operation " + i);
      }
      at = readOne((int) INT.get(body, at), body, at + Integer.BYTES, end, operations);
    }
    if (at != end) {
      throw new IllegalArgumentException("a batch has bytes left over");
    }
    return operations;
  }

  private static int readOne(int type, byte[] body, int at, int end, List<Mutation> to) {
    if (end - at < LENGTHS) {
      throw new IllegalArgumentException("an operation without its lengths");
    }
    int first = (int) INT.get(body, at);
    int second = (int) INT.get(body, at + Integer.BYTES);
    int keyAt = at + LENGTHS;
    if (first < 0 || second < 0 || (long) first + second > end - keyAt) {
      throw new IllegalArgumentException("an operation of " + first + " and " + second + " bytes");
    }
    byte[] key = new byte[first];
    byte[] rest = new byte[second];
    System.arraycopy(body, keyAt, key, 0, first);
    System.arraycopy(body, keyAt + first, rest, 0, second);
    to.add(
        switch (type) {
          case MutationType.PUT -> new Mutation.Put(key, rest);
          case MutationType.DELETE -> new Mutation.Delete(key);
          case MutationType.RENAME -> new Mutation.Rename(key, rest);
          default -> throw new IllegalArgumentException("unknown record type " + type);
        });
    return keyAt + first + second;
  }

  public static int type(Mutation operation) {
    return switch (operation) {
      case Mutation.Put put -> MutationType.PUT;
      case Mutation.Delete delete -> MutationType.DELETE;
      case Mutation.Rename rename -> MutationType.RENAME;
    };
  }

  private static byte[] first(Mutation operation) {
    return switch (operation) {
      case Mutation.Put(byte[] key, byte[] value) -> key;
      case Mutation.Delete(byte[] key) -> key;
      case Mutation.Rename(byte[] source, byte[] target) -> source;
    };
  }

  private static byte[] second(Mutation operation) {
    return switch (operation) {
      case Mutation.Put(byte[] key, byte[] value) -> value;
      case Mutation.Delete(byte[] key) -> NOTHING;
      case Mutation.Rename(byte[] source, byte[] target) -> target;
    };
  }
}
