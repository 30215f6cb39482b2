package io.drey.history;

/** What may be asked of a live scan, which promises one moment per section. */
enum Sections {
  /**
   * Everything is in memory, so that a scan of up to {@link #ONE_SECTION} entries is one section:
   * all of it was true at one moment.
   */
  WHOLE,

  /** A section may end at any entry: each entry, and each gap, was true at a moment of its own. */
  BROKEN;

  /** Entries of this module's values that a first section holds, whatever their lengths. */
  static final int ONE_SECTION = 60;
}
