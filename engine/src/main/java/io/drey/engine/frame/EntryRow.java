package io.drey.engine.frame;

import java.util.Arrays;

/**
 * The directory row of one entry, outside of its frame: what the entry holds in its own frame, and
 * the edges that lead on from there. Edge i leads to entry {@code edgeEntries[i]} of blob {@code
 * edgeBlobs[i]}, {@code edgeDepths[i]} bytes of key below this entry; edges are in key order. The
 * arrays belong to the record and are not changed.
 *
 * @param number the entry's number in its blob
 * @param longest upper bound of the longest key relative to the entry that ends in this frame
 * @param records records below the entry in its own frame
 * @param keyBytes their key bytes, relative to the entry
 * @param valueBytes their value bytes
 */
@SuppressWarnings("ArrayRecordComponent") // equality is by content, below; lists would box
public record EntryRow(
    int number,
    int longest,
    long records,
    long keyBytes,
    long valueBytes,
    long[] edgeBlobs,
    int[] edgeEntries,
    int[] edgeDepths) {

  @Override
  public boolean equals(Object other) {
    return other instanceof EntryRow row
        && number == row.number
        && longest == row.longest
        && records == row.records
        && keyBytes == row.keyBytes
        && valueBytes == row.valueBytes
        && Arrays.equals(edgeBlobs, row.edgeBlobs)
        && Arrays.equals(edgeEntries, row.edgeEntries)
        && Arrays.equals(edgeDepths, row.edgeDepths);
  }

  @Override
  public int hashCode() {
    int hash = 31 * number + longest;
    hash = 31 * hash + Long.hashCode(records);
    hash = 31 * hash + Long.hashCode(keyBytes);
    hash = 31 * hash + Long.hashCode(valueBytes);
    return 31 * hash + Arrays.hashCode(edgeBlobs);
  }

  @Override
  public String toString() {
    return "EntryRow[%d: longest %d, records %d, key bytes %d, value bytes %d, edges %s/%s at %s]"
        .formatted(
            number,
            longest,
            records,
            keyBytes,
            valueBytes,
            Arrays.toString(edgeBlobs),
            Arrays.toString(edgeEntries),
            Arrays.toString(edgeDepths));
  }
}
