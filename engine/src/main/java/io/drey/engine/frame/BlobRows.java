package io.drey.engine.frame;

import java.util.List;

/**
 * The directory rows of one blob's image, vacant entries left out.
 *
 * @param blob the blob
 * @param entries its entries, by number
 */
public record BlobRows(long blob, List<EntryRow> entries) {
  public BlobRows {
    entries = List.copyOf(entries);
  }

  /** The memory these rows take, about: objects and arrays of a 64-bit JVM. */
  public long memoryBytes() {
    long bytes = 96;
    for (EntryRow entry : entries) {
      bytes += 124 + 16L * entry.edgeBlobs().length;
    }
    return bytes;
  }
}
