package io.drey.vfs;

/** What a file is opened for, and whether it has to exist. */
public enum OpenMode {
  /** Reads an existing file; the file is never changed. */
  READ,
  /** Reads and writes an existing file. */
  WRITE,
  /** Creates a file that must not exist yet, and reads and writes it. */
  CREATE_NEW
}
