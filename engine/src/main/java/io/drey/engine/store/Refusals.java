package io.drey.engine.store;

import io.drey.StorageException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** The errors of opening that are neither damage nor another format. */
final class Refusals {
  /** Stands for the file where a user's store is meant. */
  static final Path BLOB_STORE = Path.of("the blob store");

  private Refusals() {}

  static StorageException frameSize(Path file, int found, int expected) {
    return refusal(
        "open",
        file,
        "the store has frames of "
            + found
            + " bytes, this process was started for "
            + expected
            + " (system property io.drey.frameBytes)");
  }

  static StorageException refusal(String operation, Path path, String reason) {
    return new StorageException(
        operation, path, new FileSystemException(path.toString(), null, reason));
  }
}
