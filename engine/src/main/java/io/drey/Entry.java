package io.drey;

import java.util.Arrays;
import java.util.Objects;

/**
 * A record: its key, its value and its version. Equal to another by content.
 *
 * <p>The arrays are the caller's own, as handed to the constructor or by the tree; changing them
 * changes this entry and nothing else.
 *
 * @param key the key
 * @param value the value
 * @param version the number of the write that made the record what it is; grows with every write
 */
@SuppressWarnings("ArrayRecordComponent") // equality is by content, written out below
public record Entry(byte[] key, byte[] value, long version) {
  /** Refuses null arrays. */
  public Entry {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Entry that
        && version == that.version
        && Arrays.equals(key, that.key)
        && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Arrays.hashCode(key) + Arrays.hashCode(value)) + Long.hashCode(version);
  }

  @Override
  public String toString() {
    return "Entry[key="
        + KeyText.of(key)
        + ", value="
        + KeyText.of(value)
        + ", version="
        + version
        + "]";
  }
}
