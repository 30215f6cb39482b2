package io.drey;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The file system refused: a full disk, missing rights, an I/O error. The operation has not
 * happened, what was acknowledged before is still there, and the call may be repeated once the
 * cause is gone.
 */
public final class StorageException extends DreyException {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable Path file;

  /**
   * Makes the exception for a failed operation.
   *
   * @param operation what was tried, such as "write"
   * @param file the file or directory
   * @param cause what the file system said, or what a {@link BlobStore} threw
   */
  public StorageException(String operation, Path file, Throwable cause) {
    super(
        operation
            + " of "
            + file
            + " failed: "
            + cause
            + "; nothing acknowledged is lost, try again when the cause is gone",
        cause);
    this.file = file;
  }

  /** The file or directory; null after serialization. */
  public @Nullable Path file() {
    return file;
  }
}
