package io.drey.engine.store;

import io.drey.journal.LogEnd;
import io.drey.journal.SegmentLink;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything recovery starts from that is not about one blob.
 *
 * @param incarnation raised by every writable open; the upper bits of the seqs it issues
 * @param checkpointId the number of the last checkpoint, 0 before the first
 * @param seq S: the images of this manifest hold exactly the mutations up to it
 * @param seqHighWater no seq beyond it was ever issued before {@code incarnation}
 * @param forcedMark a journal position known to be on stable storage
 * @param nextBlob blob ids below it are in the map or free
 * @param rootBlob its entry 0 is the root of everything; 0 = there is none yet
 * @param nextTree tree ids at and above it were never used
 * @param logStart the first journal segment that recovery reads
 * @param logEnds one end per cut segment that is not recycled yet, oldest first
 */
public record ManifestHead(
    int incarnation,
    long checkpointId,
    long seq,
    long seqHighWater,
    long forcedMark,
    long nextBlob,
    long rootBlob,
    long nextTree,
    SegmentLink logStart,
    List<LogEnd> logEnds) {

  /** Seqs have 24 bits of incarnation, the uppermost of which stays 0: they are compared signed. */
  public static final int INCARNATION_MAX = (1 << 23) - 1;

  /** The head must fit into one record beside a part's images. */
  static final int LOG_ENDS_MAX = 4096;

  public ManifestHead {
    logEnds = List.copyOf(logEnds);
  }

  /** A new life of the store: what recovery commits before the first append to the journal. */
  public ManifestHead withLife(
      int newIncarnation, long highWater, long forced, SegmentLink start, List<LogEnd> ends) {
    return new ManifestHead(
        newIncarnation,
        checkpointId,
        seq,
        highWater,
        forced,
        nextBlob,
        rootBlob,
        nextTree,
        start,
        ends);
  }

  /** A checkpoint at {@code atSeq}: the journal before {@code start} is no longer needed. */
  public ManifestHead withCheckpoint(
      long id, long atSeq, long highWater, long forced, SegmentLink start, List<LogEnd> ends) {
    return new ManifestHead(
        incarnation, id, atSeq, highWater, forced, nextBlob, rootBlob, nextTree, start, ends);
  }

  public ManifestHead withBlobs(long next, long root) {
    return new ManifestHead(
        incarnation,
        checkpointId,
        seq,
        seqHighWater,
        forcedMark,
        next,
        root,
        nextTree,
        logStart,
        logEnds);
  }

  public ManifestHead withNextTree(long next) {
    return new ManifestHead(
        incarnation,
        checkpointId,
        seq,
        seqHighWater,
        forcedMark,
        nextBlob,
        rootBlob,
        next,
        logStart,
        logEnds);
  }

  /** What makes this head impossible on its own; null = nothing. */
  @Nullable String objection() {
    if (incarnation < 0 || incarnation > INCARNATION_MAX) {
      return "incarnation " + incarnation + " is not from 0 to " + INCARNATION_MAX;
    }
    if (checkpointId < 0 || seq < 0 || seqHighWater < seq || forcedMark < 0) {
      return "checkpoint, seq or forced mark is negative, or seq is above its high-water mark";
    }
    if (nextBlob < 1 || rootBlob < 0 || rootBlob >= nextBlob || nextTree < 1) {
      return "root blob " + rootBlob + " is not below next blob " + nextBlob;
    }
    if (logEnds.size() > LOG_ENDS_MAX) {
      return logEnds.size() + " log ends, at most " + LOG_ENDS_MAX;
    }
    return null;
  }

  /** What makes this head impossible after {@code before}; null = nothing. */
  @Nullable String objectionAfter(ManifestHead before) {
    if (incarnation < before.incarnation
        || checkpointId < before.checkpointId
        || seq < before.seq
        || seqHighWater < before.seqHighWater
        || forcedMark < before.forcedMark
        || nextTree < before.nextTree
        || logStart.number() < before.logStart.number()) {
      return "a number that only grows went back";
    }
    return null;
  }
}
