package io.drey;

import java.nio.file.Path;
import java.util.Objects;

/** Where a store's bytes are kept. */
public sealed interface Storage permits Storage.Memory, Storage.Direct, Storage.Mapped {
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

  /**
   * In a directory, with the data file mapped into memory: its pages in the operating system's
   * cache are the frames, and the system decides how much of it stays in memory. Nothing is read
   * twice, and nothing is copied to be written; but the first change of each frame after a
   * checkpoint copies it. The files are those of {@link Direct}: a directory may be opened now as
   * the one and now as the other. It belongs to one store.
   *
   * <p>Space on the disk is reserved before a frame stands in it, so that a full disk is an error
   * of a call and not of a memory access; on file systems that write every change to a new place
   * (btrfs, ZFS) nothing reserves it, and direct storage is the better choice. A disk that fails to
   * read a page back ends the access with an {@link InternalError}.
   *
   * @param directory the store's directory; made when it is missing, its parent must exist
   */
  record Mapped(Path directory) implements Storage {
    /** Refuses a null directory. */
    public Mapped {
      Objects.requireNonNull(directory, "directory");
    }
  }
}
