package io.drey;

import io.drey.engine.art.RangeRequest;
import io.drey.engine.art.Section;

/**
 * Where a scan gets its entries from, one section at a time: a tree as it is now, or as it was. Any
 * number of threads, each with sections of its own.
 */
interface Sections {
  /**
   * Refuses to go on when the source is closed.
   *
   * @throws ClosedException when it is
   */
  void checkOpen();

  /**
   * Replaces the entries of {@code section} by the ones behind its last fill, or behind its start.
   * Holds no latch when it returns. Afterwards there is an entry or {@link Section.End#COMPLETE}:
   * what is not in memory is loaded here.
   *
   * @throws ClosedException when the source is closed
   * @throws StorageException when a blob could not be read; the section may be filled again
   * @throws CorruptionException when a blob is damaged
   */
  void fill(RangeRequest request, Section section);

  /** Sections for visits to borrow. */
  SectionPool pool();
}
