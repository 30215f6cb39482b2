package io.drey;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file was made by another version of Drey. Nothing has changed. */
public final class FormatException extends DreyException {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable Path file;
  private final int found;
  private final int expected;

  /** Makes the exception for a file of format {@code found} where {@code expected} is read. */
  public FormatException(Path file, int found, int expected) {
    super(
        file
            + " has format "
            + Integer.toUnsignedString(found)
            + ", this version of Drey reads format "
            + Integer.toUnsignedString(expected)
            + ": dump it with the version that wrote it and restore it with this one");
    this.file = file;
    this.found = found;
    this.expected = expected;
  }

  /** The file; null after serialization. */
  public @Nullable Path file() {
    return file;
  }

  /** The format that the file states. */
  public int found() {
    return found;
  }

  /** The format that this version reads and writes. */
  public int expected() {
    return expected;
  }
}
