package io.drey;

import io.drey.engine.store.UserStoreException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The border between {@link IOException} inside and typed errors outside. */
final class IoErrors {
  private IoErrors() {}

  /** The error for a failure that leaves everything acknowledged in place. */
  static StorageException typed(String operation, IOException cause) {
    return new StorageException(operation, fileOf(cause), thrown(cause));
  }

  /** The failure as its source threw it: a user's store, or the engine. */
  static Throwable thrown(IOException failure) {
    return failure instanceof UserStoreException user ? user.thrown() : failure;
  }

  private static Path fileOf(IOException cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof FileSystemException named && named.getFile() != null) {
        return Path.of(named.getFile());
      }
    }
    return Path.of("the store");
  }

  /** The first of two failures with the other one attached. */
  static @Nullable Throwable join(@Nullable Throwable first, @Nullable Throwable second) {
    if (first == null) {
      return second;
    }
    if (second != null && second != first) {
      first.addSuppressed(second);
    }
    return first;
  }
}
