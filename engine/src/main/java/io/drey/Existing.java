package io.drey;

/** What a rename does with a record that is already at its target. */
public enum Existing {
  /** The record stays: an existing target is a {@link KeyExistsException}, nothing changes. */
  KEEP,

  /** The record goes: the renamed one takes its place in the same atomic step. */
  REPLACE
}
