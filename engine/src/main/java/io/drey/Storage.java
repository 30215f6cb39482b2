package io.drey;

import java.nio.file.Path;
import java.util.Objects;

/** Where a store's bytes are kept. */
public sealed interface Storage permits Storage.Memory, Storage.Direct {
  /** In memory alone: nothing is on disk, and nothing is left after close. */
  record Memory() implements Storage {}

  /**
   * In a directory, read and written past the operating system's cache where the file system allows
   * it; the pool is the cache. The directory belongs to one store.
   *
   * @param directory the store's directory; made when it is missing, its parent must exist
   */
  record Direct(Path directory) implements Storage {
    /** Refuses a null directory. */
    public Direct {
      Objects.requireNonNull(directory, "directory");
    }
  }
}
