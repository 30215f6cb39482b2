package io.drey.vfs;

import java.io.IOException;
import java.nio.file.Path;

/** A {@link StorageFile} or {@link MappedRegion} was used after, or while, it was closed. */
public final class FileClosedException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Names the closed file. */
  public FileClosedException(Path file) {
    super(file + ": closed");
  }
}
