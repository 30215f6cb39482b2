/**
 * The write-ahead journal.
 *
 * <p>The ladder, each step knowing only those below: {@code Journal, JournalScan -> GroupCommit,
 * SegmentSupply -> Tail -> Segment, SegmentImage -> RecordFrame, SegmentHeader -> Position} and the
 * values.
 *
 * <p>Invariants, named where they are kept and where they are tested:
 *
 * <ul>
 *   <li>J1: a record is valid only if its checksum holds for its bytes, its place and the salt of
 *       its segment; a store that was cut short anywhere leaves an invalid record.
 *   <li>J2: a forced mark never passes a byte that is not on stable storage, over all segments.
 *   <li>J3: the header of a segment is on stable storage, and so is its name, before the end record
 *       that links to it is stored.
 *   <li>J4: the published end moves only over records that are completely stored.
 *   <li>J5: sequence numbers ascend along the chain and are handed out once.
 *   <li>J6: after a failed force nothing is acknowledged and nothing is forced again.
 * </ul>
 */
@NullMarked
package io.drey.journal;

import org.jspecify.annotations.NullMarked;
