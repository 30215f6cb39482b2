package io.drey.journal;

/**
 * Where a checkpoint has parted the journal.
 *
 * @param lastSeq the last sequence number handed out before the switch
 * @param end the position behind everything before the switch; what {@link Journal#forceThrough}
 *     takes to seal it. It is also where the first record after the switch lies.
 * @param next the segment that begins behind the switch; the log start of the checkpoint's manifest
 */
public record Switch(long lastSeq, long end, SegmentLink next) {}
