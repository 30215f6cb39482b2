package io.drey;

/** What an opened store may be used for. */
public enum Access {
  /** Reads and writes. One process at a time holds a directory this way. */
  READ_WRITE,

  /**
   * Reads alone. Opening and reading change no byte on disk; every writing call ends in {@link
   * ReadOnlyException}.
   */
  READ_ONLY
}
