package io.drey;

import java.util.Arrays;
import java.util.Objects;

/** What a scan meets: a record, or with a delimiter a prefix that stands for several. */
@SuppressWarnings("ArrayRecordComponent") // equality is by content, written out below
public sealed interface RangeEntry permits RangeEntry.Key, RangeEntry.CommonPrefix {
  /**
   * A record. Equal to another by content.
   *
   * @param key the key
   * @param value the value; empty when the scan is for keys only
   * @param version the record's version
   */
  record Key(byte[] key, byte[] value, long version) implements RangeEntry {
    /** Refuses null arrays. */
    public Key {
      Objects.requireNonNull(key, "key");
      Objects.requireNonNull(value, "value");
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key that
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
      return "Key[key="
          + KeyText.of(key)
          + ", value="
          + KeyText.of(value)
          + ", version="
          + version
          + "]";
    }
  }

  /**
   * Stands for every record below {@code prefix}, of which there is at least one. Equal to another
   * by content.
   *
   * @param prefix the keys' common beginning, up to and with the first delimiter after the scan's
   *     own prefix
   */
  record CommonPrefix(byte[] prefix) implements RangeEntry {
    /** Refuses a null array. */
    public CommonPrefix {
      Objects.requireNonNull(prefix, "prefix");
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof CommonPrefix that && Arrays.equals(prefix, that.prefix);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(prefix);
    }

    @Override
    public String toString() {
      return "CommonPrefix[prefix=" + KeyText.of(prefix) + "]";
    }
  }
}
