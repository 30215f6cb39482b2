package io.drey;

import io.drey.engine.layout.FrameSize;

/** The longest key and value, in bytes. */
final class Limits {
  /** So that a node of 256 edges with its own value and prefix always fits into one frame. */
  static final int BYTES_MAX = Math.min(65_535, FrameSize.BYTES / 8 - 1);

  /** Bytes of a frame. */
  static final int FRAME_BYTES = FrameSize.BYTES;

  private Limits() {}

  /** Returns the key of a write, or throws. */
  static byte[] checkKey(byte[] key) {
    if (key.length > BYTES_MAX) {
      throw new KeyTooLongException(key.length, BYTES_MAX);
    }
    return key;
  }

  /** Returns the value of a write, or throws. */
  static byte[] checkValue(byte[] value) {
    if (value.length > BYTES_MAX) {
      throw new ValueTooLongException(value.length, BYTES_MAX);
    }
    return value;
  }
}
