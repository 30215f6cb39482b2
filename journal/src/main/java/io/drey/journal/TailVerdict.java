package io.drey.journal;

import java.nio.file.Path;

/**
 * How a journal ends. F is the forced mark: the largest of the marks in valid records, the one the
 * manifest knows, and the manifest's cuts.
 *
 * <table>
 *   <caption>Facts and verdicts</caption>
 *   <tr><th></th><th>what is met</th><th>below F</th><th>at or above F</th></tr>
 *   <tr><td>A</td><td>a valid clean-close record</td><td>Corrupt</td><td>CleanEnd</td></tr>
 *   <tr><td>B</td><td>an invalid record</td><td>Corrupt</td><td>TornTail</td></tr>
 *   <tr><td>C</td><td>a named segment that is missing, has a bad header, another life, another
 *       store, or a newer manifest</td><td>Corrupt</td><td>Corrupt</td></tr>
 *   <tr><td>D</td><td>a valid record whose sequence number does not ascend</td><td>Corrupt</td>
 *       <td>Corrupt</td></tr>
 *   <tr><td>E</td><td>records that do not meet the cut</td><td>Corrupt</td><td>-</td></tr>
 * </table>
 */
public sealed interface TailVerdict {

  /**
   * The journal was closed.
   *
   * @param position the end of the clean-close record
   * @param lastSeq the highest sequence number that the records show as handed out
   */
  record CleanEnd(long position, long lastSeq) implements TailVerdict {}

  /**
   * The process or the machine stopped; every record before {@code position} is intact and nothing
   * from it on was promised to be on stable storage.
   *
   * @param position the end of the last intact record
   * @param lastSeq the highest sequence number that the intact records show as handed out
   * @param reason what is met at {@code position}; {@link Damage#UNWRITTEN} after a plain kill
   */
  record TornTail(long position, long lastSeq, Damage reason) implements TailVerdict {}

  /**
   * Bytes that were on stable storage are gone or wrong.
   *
   * @param file the segment
   * @param offset in bytes from the file's beginning
   * @param reason the broken rule
   */
  record Corrupt(Path file, long offset, Damage reason) implements TailVerdict {}
}
