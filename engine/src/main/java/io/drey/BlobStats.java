package io.drey;

/**
 * The state of one blob, a frame's worth of the tree.
 *
 * @param id the blob's id
 * @param bytesUsed bytes of its frame in use, gaps not counted
 * @param gapBytes bytes that compaction would give back
 * @param leaves records in it
 * @param edges places where the tree goes on in another blob
 * @param compactions how often it was rebuilt
 */
public record BlobStats(
    long id, int bytesUsed, int gapBytes, int leaves, int edges, int compactions) {}
