package io.drey;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The directory is held by somebody else: another process, or another open tree of this one.
 * Nothing has changed.
 */
public final class LockedException extends DreyException {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable Path directory;

  /** Makes the exception for a directory in use. */
  public LockedException(Path directory) {
    super(
        "the store in "
            + directory
            + " is open already, in this process or another: close it there first");
    this.directory = directory;
  }

  /** The directory in use; null after serialization. */
  public @Nullable Path directory() {
    return directory;
  }
}
