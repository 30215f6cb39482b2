package io.drey.engine.store;

import io.drey.journal.StoreId;

/** What never changes in a store's life: who it is, its format and the size of its frames. */
public record ManifestIdentity(StoreId storeId, int formatVersion, int frameBytes) {
  /** The format that this code writes and the only one it reads. */
  public static final int FORMAT_VERSION = 2;

  public static ManifestIdentity of(StoreId storeId, int frameBytes) {
    return new ManifestIdentity(storeId, FORMAT_VERSION, frameBytes);
  }
}
