package io.drey.journal;

/**
 * The end of a segment that recovery has cut, as the engine keeps it in its manifest until that
 * segment is recycled. Nothing at or beyond the cut is ever read, neither records nor marks.
 *
 * @param position the cut: the end of the last record that counts
 * @param next the segment in which the journal goes on
 */
public record LogEnd(long position, SegmentLink next) {}
