package io.drey.engine.store;

import io.drey.engine.frame.BlobRows;

/**
 * One image of one blob in a slot of the data file, with what tells it from any other image.
 *
 * @param slot the slot of the data file
 * @param epoch as in the frame's header: a stale image has another
 * @param headerChecksum as in the frame's header; through the page table it covers every byte
 * @param rows the blob and its directory rows at the time of the image
 */
public record StoredImage(long slot, long epoch, int headerChecksum, BlobRows rows) {
  public long blob() {
    return rows.blob();
  }
}
