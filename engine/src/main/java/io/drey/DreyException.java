package io.drey;

import org.jspecify.annotations.Nullable;

/**
 * The root of everything that Drey throws for its own reasons. Each kind has typed fields, a
 * message that says what, where and what to do, and a stated certainty about what has changed.
 *
 * <p>Wrong arguments are {@link IllegalArgumentException} and {@link NullPointerException} instead;
 * they are mistakes in the calling program and change nothing.
 */
public abstract sealed class DreyException extends RuntimeException
    permits BatchTooLargeException,
        ClosedException,
        CorruptionException,
        FormatException,
        KeyExistsException,
        KeyNotFoundException,
        KeyTooLongException,
        LockedException,
        ReadOnlyException,
        StorageException,
        StoreFailedException,
        ValueTooLongException {
  private static final long serialVersionUID = 1L;

  DreyException(String message) {
    super(message);
  }

  DreyException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
