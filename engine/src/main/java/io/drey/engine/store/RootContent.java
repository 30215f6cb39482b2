package io.drey.engine.store;

import java.util.List;

/**
 * What the root of a user's store says: who the store is, everything recovery starts from, and of
 * each frame in the store what it is.
 *
 * @param images the image of every blob, and the id of its frame
 * @param spareIds ids of the other frames in the store: images that were spilled, or replaced; the
 *     next opening deletes them
 * @param nextId ids and slots from here on were never used
 */
record RootContent(
    ManifestIdentity identity,
    ManifestHead head,
    List<PlacedImage> images,
    List<Long> spareIds,
    long nextId) {

  /** An image and the id of the frame it lies in. */
  record PlacedImage(long id, StoredImage image) {}
}
