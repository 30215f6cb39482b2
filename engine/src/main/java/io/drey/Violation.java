package io.drey;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A structural invariant that does not hold, as {@code check} reports it.
 *
 * @param check the broken invariant
 * @param file the file it was found in, null when it was found in memory
 * @param blob the blob, or -1 when it concerns none
 * @param offset with a file the byte in that file, otherwise the byte in the blob's frame; -1 when
 *     it concerns no single place
 * @param detail what was found, for people
 */
public record Violation(Check check, @Nullable Path file, long blob, long offset, String detail) {
  /** Stands for "no blob" and "no single place". */
  public static final long NONE = -1;

  /** Refuses a null check or detail. */
  public Violation {
    Objects.requireNonNull(check, "check");
    Objects.requireNonNull(detail, "detail");
  }

  /** Returns a violation at {@code offset} of the frame that holds {@code blob}. */
  public static Violation inFrame(Check check, long blob, long offset, String detail) {
    return new Violation(check, null, blob, offset, detail);
  }

  /** Returns a violation at byte {@code offset} of {@code file}. */
  public static Violation inFile(Check check, Path file, long offset, String detail) {
    return new Violation(check, file, NONE, offset, detail);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(check.name());
    if (file != null) {
      text.append(" in ").append(file);
    }
    if (blob != NONE) {
      text.append(" in blob ").append(blob);
    }
    if (offset != NONE) {
      text.append(" at byte ").append(offset);
    }
    return text.append(": ").append(detail).toString();
  }
}
