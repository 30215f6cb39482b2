package io.drey.vfs;

/** How a {@link FileLease} is shared. */
public enum LeaseKind {
  /** Held by one holder, and by no other of either kind. */
  EXCLUSIVE,
  /** Held by any number of holders of this kind, in this process and in others. */
  SHARED
}
