package io.drey.crash.hostile;

/** What a call on a file system does. */
public enum CallKind {
  /** Opens an existing file. */
  OPEN,
  /** Creates and opens a file. */
  CREATE,
  /** Lists a directory or asks whether a name exists. */
  LOOK_UP,
  /** Reads from a file. */
  READ,
  /** Writes to a file. */
  WRITE,
  /** Cuts a file. */
  TRUNCATE,
  /** Forces a file. */
  FORCE,
  /** Maps a part of a file. */
  MAP,
  /** Stored to a mapped region: told after the store, so it cannot fail. */
  MAPPED_WRITE,
  /** Forces a part of a mapped region. */
  MAPPED_FORCE,
  /** Renames a file or a directory; the place is the new name. */
  RENAME,
  /** Deletes a file or a directory. */
  DELETE,
  /** Creates a directory. */
  CREATE_DIRECTORY,
  /** Forces the names in a directory. */
  FORCE_DIRECTORY,
  /** Takes a lease. */
  LOCK
}
