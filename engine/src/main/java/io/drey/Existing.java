package io.drey;

/** What a rename does when its target exists. */
public enum Existing {
  /** The rename fails with a typed error and changes nothing. */
  KEEP,
  /** The rename replaces what was there. */
  REPLACE
}
