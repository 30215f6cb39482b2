package io.drey.vfs;

/** How a file is opened. */
public enum OpenMode {
  /** For reading; the file must exist. */
  READ,
  /** For reading and writing; the file must exist. */
  WRITE,
  /** For reading and writing; the file must not exist and is created empty. */
  CREATE_NEW
}
