package io.drey;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Physical keys: byte 1, the tree's id (8 bytes, big-endian), then the user's key. All trees of a
 * store are subtrees of one physical tree.
 */
final class TreeKeys {
  /** Bytes before the user's key. */
  static final int PREFIX_BYTES = 1 + Long.BYTES;

  private static final byte RECORDS = 1;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private TreeKeys() {}

  static byte[] physical(long tree, byte[] key) {
    byte[] physical = new byte[PREFIX_BYTES + key.length];
    physical[0] = RECORDS;
    LONG.set(physical, 1, tree);
    System.arraycopy(key, 0, physical, PREFIX_BYTES, key.length);
    return physical;
  }

  /** The user's part of a physical key. */
  static byte[] user(byte[] physical) {
    return Arrays.copyOfRange(physical, PREFIX_BYTES, physical.length);
  }
}
