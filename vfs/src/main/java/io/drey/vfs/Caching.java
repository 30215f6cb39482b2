package io.drey.vfs;

/** Whether transfers pass through the operating system's page cache. */
public enum Caching {
  /** Through the page cache: any position, any length, any segment. */
  BUFFERED,
  /**
   * Past the page cache, from and to the caller's memory. Position, length and native address of
   * every transfer are multiples of {@link StorageFile#DIRECT_ALIGNMENT}.
   */
  DIRECT
}
