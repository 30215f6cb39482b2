package io.drey.benchmarks;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * Records of which each has one writer, who numbers its changes: a value says whose it is and which
 * change wrote it, so a wrong, torn or lost one shows.
 */
final class CountedRecords {
  private static final int VALUE_BYTES = 60;
  private static final int HEAD_BYTES = 2 * Integer.BYTES;

  private final DataSet set;
  private final byte[][] keys;

  /** The last change of each record that was acknowledged. */
  private final AtomicIntegerArray acknowledged;

  CountedRecords(DataSet set) {
    this.set = set;
    this.keys = new byte[set.size()][];
    Arrays.setAll(keys, set::key);
    this.acknowledged = new AtomicIntegerArray(keys.length);
  }

  int size() {
    return keys.length;
  }

  byte[] key(int record) {
    return keys[record];
  }

  byte[] directory(int record) {
    return set.directory(keys[record]);
  }

  byte[] value(int record, int change) {
    byte[] value = new byte[VALUE_BYTES];
    ByteBuffer.wrap(value).putInt(record).putInt(change);
    Arrays.fill(value, HEAD_BYTES, VALUE_BYTES, (byte) (record + 31 * change));
    return value;
  }

  /** For the record's writer alone. */
  int nextChange(int record) {
    return acknowledged.getPlain(record) + 1;
  }

  void acknowledge(int record, int change) {
    acknowledged.setRelease(record, change);
  }

  int acknowledged(int record) {
    return acknowledged.getAcquire(record);
  }

  /**
   * Throws unless {@code value} is that of {@code record} after a change from {@code least} on, and
   * not behind the one that may be under way now.
   */
  void verify(int record, byte @Nullable [] value, int least) {
    if (value == null) {
      throw new IllegalStateException("record " + record + " is gone");
    }
    int change = ByteBuffer.wrap(value).getInt(Integer.BYTES);
    boolean whole = Arrays.equals(value, value(record, change));
    if (!whole || change < least || change > acknowledged(record) + 1) {
      throw new IllegalStateException(
          "record %d is %s, change %d; acknowledged before the read: %d"
              .formatted(record, whole ? "whole" : "torn or another one", change, least));
    }
  }
}
