package io.drey.engine.art;

import java.util.Arrays;

/**
 * A reusable buffer of consecutive entries of a range, copied out at one moment, and the place from
 * which the next section goes on. Owned by one thread at a time.
 *
 * <p>Entry {@code i} lies in {@link #buffer()}: the key at {@link #keyOffset}, the value right
 * behind it at {@link #valueOffset}. Everything is valid until the next fill.
 *
 * <p>A section is bounded twice: it ends after a number of entries, and after the entry that
 * reaches a number of bytes. Both keep the time under a latch short.
 */
public final class Section {
  /** Why a fill stopped. */
  public enum End {
    /** The bounds of the section were reached: another fill goes on behind it. */
    FULL,
    /** The range holds nothing more. */
    COMPLETE,
    /**
     * The walk met a blob that is not in memory. What was collected is valid; the next fill goes on
     * behind it, once the blob is there.
     */
    MISSING,
    /**
     * What was read changed meanwhile. Nothing was collected; the next fill begins where this did.
     */
    STALE
  }

  /** The value length of a common prefix. */
  public static final int COMMON_PREFIX = -1;

  private static final int FIRST_ENTRIES = 16;
  private static final int FIRST_BYTES = 1024;
  private static final byte[] NO_VALUE = {};

  final KeyBound bound = new KeyBound();
  final WalkPath path = new WalkPath();

  private byte[] data = new byte[FIRST_BYTES];
  private int used;

  /** Two numbers an entry: where it is, packed by {@link #place}, and its version. */
  private long[] entries = new long[2 * FIRST_ENTRIES];

  private int size;
  private int entriesMax;
  private int bytesMax;
  private End end = End.COMPLETE;
  private long missingBlob;
  private boolean open;

  /** Makes the next fill begin with the first entry of {@code request}. */
  public void start(RangeRequest request) {
    clear();
    open = request.start(bound);
  }

  /** Makes the next fill begin with the first entry of {@code request} beyond {@code userKey}. */
  public void startAfter(RangeRequest request, byte[] userKey) {
    clear();
    open = request.startAfter(userKey, bound);
  }

  /** Bounds the next fills: at most so many entries, and no further entry after so many bytes. */
  public void limit(int entries, int bytes) {
    entriesMax = entries;
    bytesMax = bytes;
  }

  /** How many entries there are. */
  public int size() {
    return size;
  }

  /** Why the last fill stopped. */
  public End end() {
    return end;
  }

  /** Whether another fill is known to find nothing. */
  public boolean isExhausted() {
    return !open;
  }

  /** The blob to load before the next fill when that stopped with {@link End#MISSING}. */
  public long missingBlob() {
    return missingBlob;
  }

  /** The array that keys and values are in. */
  public byte[] buffer() {
    return data;
  }

  /** Where the key, or the common prefix, of entry {@code i} begins. */
  public int keyOffset(int i) {
    return start(entries[2 * i]);
  }

  /** Bytes of all keys and values. */
  public int byteSize() {
    return used;
  }

  /** The bytes of the key, or of the common prefix, of entry {@code i}. */
  public int keyLength(int i) {
    return keyLength(entries[2 * i]);
  }

  /** Where the value of entry {@code i} begins. */
  public int valueOffset(int i) {
    long place = entries[2 * i];
    return start(place) + keyLength(place);
  }

  /** The bytes of the value of entry {@code i}, or {@link #COMMON_PREFIX}. */
  public int valueLength(int i) {
    return valueLength(entries[2 * i]);
  }

  /** The version of entry {@code i}; 0 for a common prefix. */
  public long version(int i) {
    return entries[2 * i + 1];
  }

  /** A fresh copy of the key, or of the common prefix, of entry {@code i}. */
  public byte[] key(int i) {
    int from = keyOffset(i);
    return Arrays.copyOfRange(data, from, from + keyLength(i));
  }

  /** A fresh copy of the value of entry {@code i}, which is a record. */
  public byte[] value(int i) {
    int length = valueLength(i);
    if (length == 0) {
      return NO_VALUE;
    }
    int from = valueOffset(i);
    return Arrays.copyOfRange(data, from, from + length);
  }

  /** Empties the section for a fill; false when the range is known to hold nothing more. */
  boolean begin() {
    clear();
    return open;
  }

  boolean full() {
    return size >= entriesMax || used >= bytesMax;
  }

  /** Returns where {@code bytes} more bytes may be written in {@link #buffer()}. */
  int room(int bytes) {
    int needed = used + bytes + WalkPath.SLACK;
    if (needed > data.length) {
      data = Arrays.copyOf(data, Math.max(2 * data.length, needed));
    }
    return used;
  }

  /** Adds the entry whose bytes were written at the place that {@link #room} returned. */
  void add(int keyLength, int valueLength, long version) {
    int at = 2 * size;
    if (at == entries.length) {
      entries = Arrays.copyOf(entries, 2 * at);
    }
    entries[at] = place(used, keyLength, valueLength);
    entries[at + 1] = version;
    used += keyLength + Math.max(valueLength, 0);
    size++;
  }

  /** Ends a fill and notes where the next one goes on. */
  void finish(RangeRequest request, End reason, long blob) {
    end = reason;
    missingBlob = blob;
    if (reason == End.COMPLETE) {
      open = false;
    } else if (size > 0) {
      int last = size - 1;
      open =
          valueLength(last) == COMMON_PREFIX
              ? request.resumeAfterPrefix(data, keyOffset(last), keyLength(last), bound)
              : request.resumeAfterKey(data, keyOffset(last), keyLength(last), bound);
      if (!open) {
        end = End.COMPLETE;
      }
    }
  }

  /** Ends a fill that is to be repeated: throws away what it collected. */
  public void abandon() {
    clear();
    end = End.STALE;
  }

  private void clear() {
    size = 0;
    used = 0;
  }

  /**
   * 30 bits of start, 17 of key length, since a physical key can exceed 65,535 bytes, 17 of value
   * length + 1.
   */
  private static long place(int start, int keyLength, int valueLength) {
    return start | (long) keyLength << 30 | (long) (valueLength + 1) << 47;
  }

  private static int start(long place) {
    return (int) place & 0x3FFF_FFFF;
  }

  private static int keyLength(long place) {
    return (int) (place >>> 30) & 0x1_FFFF;
  }

  private static int valueLength(long place) {
    return (int) (place >>> 47) - 1;
  }
}
