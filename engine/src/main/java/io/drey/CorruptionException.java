package io.drey;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Stored bytes are not what was written. Nothing has changed; the damage was there before the call.
 */
public final class CorruptionException extends DreyException {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable Path file;
  private final long offset;
  private final long blob;
  private final Check check;
  private final String detail;

  /**
   * Makes the exception.
   *
   * @param check the broken invariant
   * @param file the damaged file, null when the damage was met in memory or in a {@link BlobStore}
   * @param offset the byte in the file, or in the blob's frame when there is no file; {@link
   *     Violation#NONE} when no single place is known
   * @param blob the blob, {@link Violation#NONE} when it concerns none
   * @param detail what was found, for people
   */
  public CorruptionException(
      Check check, @Nullable Path file, long offset, long blob, String detail) {
    super(
        new Violation(check, file, blob, offset, detail)
            + "; restore the store from a backup, or look at it with the check command");
    this.check = check;
    this.detail = detail;
    this.file = file;
    this.offset = offset;
    this.blob = blob;
  }

  /**
   * The damaged file; null when the damage was met in memory or in a {@link BlobStore}, and after
   * serialization.
   */
  public @Nullable Path file() {
    return file;
  }

  /** The byte in the file or frame, or {@link Violation#NONE}. */
  public long offset() {
    return offset;
  }

  /** The blob, or {@link Violation#NONE}. */
  public long blob() {
    return blob;
  }

  /** The damage as a check reports it. */
  public Violation violation() {
    return new Violation(check, file, blob, offset, detail);
  }

  /** The broken invariant. */
  public Check check() {
    return check;
  }
}
