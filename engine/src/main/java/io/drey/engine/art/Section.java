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
    MISSING
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
  private int[] starts = new int[FIRST_ENTRIES];
  private int[] keyLengths = new int[FIRST_ENTRIES];
  private int[] valueLengths = new int[FIRST_ENTRIES];
  private long[] versions = new long[FIRST_ENTRIES];
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
    return starts[i];
  }

  /** The bytes of the key, or of the common prefix, of entry {@code i}. */
  public int keyLength(int i) {
    return keyLengths[i];
  }

  /** Where the value of entry {@code i} begins. */
  public int valueOffset(int i) {
    return starts[i] + keyLengths[i];
  }

  /** The bytes of the value of entry {@code i}, or {@link #COMMON_PREFIX}. */
  public int valueLength(int i) {
    return valueLengths[i];
  }

  /** The version of entry {@code i}; 0 for a common prefix. */
  public long version(int i) {
    return versions[i];
  }

  /** A fresh copy of the key, or of the common prefix, of entry {@code i}. */
  public byte[] key(int i) {
    return Arrays.copyOfRange(data, starts[i], starts[i] + keyLengths[i]);
  }

  /** A fresh copy of the value of entry {@code i}, which is a record. */
  public byte[] value(int i) {
    int length = valueLengths[i];
    if (length == 0) {
      return NO_VALUE;
    }
    int from = starts[i] + keyLengths[i];
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
    if (bytes > data.length - used) {
      data = Arrays.copyOf(data, Math.max(2 * data.length, used + bytes));
    }
    return used;
  }

  /** Adds the entry whose bytes were written at the place that {@link #room} returned. */
  void add(int keyLength, int valueLength, long version) {
    int i = size;
    if (i == starts.length) {
      growEntries();
    }
    starts[i] = used;
    keyLengths[i] = keyLength;
    valueLengths[i] = valueLength;
    versions[i] = version;
    used += keyLength + Math.max(valueLength, 0);
    size = i + 1;
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
          valueLengths[last] == COMMON_PREFIX
              ? request.resumeAfterPrefix(data, starts[last], keyLengths[last], bound)
              : request.resumeAfterKey(data, starts[last], keyLengths[last], bound);
      if (!open) {
        end = End.COMPLETE;
      }
    }
  }

  private void clear() {
    size = 0;
    used = 0;
  }

  private void growEntries() {
    int entries = 2 * starts.length;
    starts = Arrays.copyOf(starts, entries);
    keyLengths = Arrays.copyOf(keyLengths, entries);
    valueLengths = Arrays.copyOf(valueLengths, entries);
    versions = Arrays.copyOf(versions, entries);
  }
}
