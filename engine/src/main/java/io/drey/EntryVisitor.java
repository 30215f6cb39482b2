package io.drey;

/**
 * Receives the entries of a scan without an allocation per entry.
 *
 * <p>The visitor runs with no latch held: it may take its time, call the tree it scans, and throw.
 * What it throws reaches the caller of the visit unchanged and leaves the tree sound.
 */
@FunctionalInterface
public interface EntryVisitor {
  /**
   * Sees one record or one common prefix.
   *
   * <p>Key and value are ranges of {@code buffer}, which is reused: they are valid during this call
   * only, and writing to the array has no meaning.
   *
   * @param buffer the array that holds key and value
   * @param keyOffset where the key, or the common prefix, begins
   * @param keyLength its bytes
   * @param valueOffset where the value begins
   * @param valueLength its bytes; 0 when the scan is for keys only, -1 for a common prefix
   * @param version the record's version; 0 for a common prefix
   * @return whether to go on
   */
  Visit entry(
      byte[] buffer, int keyOffset, int keyLength, int valueOffset, int valueLength, long version);
}
