package io.drey.engine.store;

import java.util.List;

/**
 * What one commit changes.
 *
 * @param head all fields that are not about single blobs, as they are from now on
 * @param images new images of new or known blobs, each blob once
 * @param removed ids of blobs that are gone, each once and none of {@code images}
 */
public record ManifestChange(ManifestHead head, List<StoredImage> images, List<Long> removed) {
  public ManifestChange {
    images = List.copyOf(images);
    removed = List.copyOf(removed);
  }

  /** Changes the head alone. */
  public static ManifestChange ofHead(ManifestHead head) {
    return new ManifestChange(head, List.of(), List.of());
  }

  /** The slots that the commit names: they must be written and forced before it is appended. */
  public long[] slots() {
    return images.stream().mapToLong(StoredImage::slot).toArray();
  }
}
