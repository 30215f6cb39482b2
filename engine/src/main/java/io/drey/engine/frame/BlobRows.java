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
}
