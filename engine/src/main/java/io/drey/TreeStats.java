package io.drey;

import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;

/**
 * The state of a tree and what it has done since it was opened. Taking it disturbs neither the
 * state of the cache nor the counters. Each number is right by itself; together they may show
 * slightly different moments while writers are at work.
 *
 * @param blobs every blob of the tree
 * @param dataAccess how the data file is really accessed
 * @param dirtyBlobs blobs in memory that changed since their image was last written down, by a
 *     checkpoint or to make room
 * @param cacheHits walks into a blob that was in memory
 * @param cacheMisses walks into a blob that had to be loaded
 * @param coldPageReads pages of 4 KiB read from the data file, by point reads of blobs that did not
 *     come into memory for it
 * @param coldPageHits pages that such reads needed and found in memory
 * @param optimisticRestarts reads begun anew because a writer came between
 * @param writeConflicts changes begun anew because another one came between
 * @param checkpointRoundsAttempted checkpoint rounds begun
 * @param checkpointRoundsSucceeded checkpoint rounds committed
 * @param blobsWritten blob images written to the data file
 * @param merges blobs merged into a neighbour or their parent
 * @param splits blobs split
 * @param evictions blobs dropped from memory
 * @param journalBytes bytes appended to the journal
 * @param journalForces forces of the journal
 * @param snapshots snapshots that are open
 * @param snapshotBlobs blob images kept for snapshots alone
 * @param poolBytesUsed memory the pool has allocated, in bytes: frames, the space between chunks of
 *     them, pages; in a mapped file the slots that are mapped, whether the operating system keeps
 *     them in memory or not
 * @param poolBytesLimit the pool's limit in bytes; {@link Long#MAX_VALUE} where it has none
 * @param directoryBytes what the directory of blobs on disk takes on the heap, about; see {@link
 *     TreeConfig#poolBytes}
 * @param dataBytesLive bytes of the data file that hold blobs
 * @param dataBytesFree bytes of the data file that are free
 */
public record TreeStats(
    List<BlobStats> blobs,
    DataAccess dataAccess,
    long dirtyBlobs,
    long cacheHits,
    long cacheMisses,
    long coldPageReads,
    long coldPageHits,
    long optimisticRestarts,
    long writeConflicts,
    long checkpointRoundsAttempted,
    long checkpointRoundsSucceeded,
    long blobsWritten,
    long merges,
    long splits,
    long evictions,
    long journalBytes,
    long journalForces,
    long snapshots,
    long snapshotBlobs,
    long poolBytesUsed,
    long poolBytesLimit,
    long directoryBytes,
    long dataBytesLive,
    long dataBytesFree) {

  /** How the data file is accessed. */
  public enum DataAccess {
    /** There is no data file: the tree lives in memory. */
    NONE,

    /** Past the operating system's cache. */
    DIRECT,

    /** Through the operating system's cache, because the file system refuses direct access. */
    BUFFERED,

    /** The frames are the data file's own pages in the operating system's cache. */
    MAPPED,

    /** There is no data file: a user's {@link BlobStore} holds the frames. */
    BLOB_STORE
  }

  /** Keeps a copy of the list. */
  public TreeStats {
    blobs = List.copyOf(blobs);
    Objects.requireNonNull(dataAccess, "dataAccess");
  }

  /** Bytes in use in all blobs, gaps not counted. */
  public long bytesUsed() {
    return total(BlobStats::bytesUsed);
  }

  /** Bytes that compaction would give back in all blobs. */
  public long gapBytes() {
    return total(BlobStats::gapBytes);
  }

  /** Records in all blobs. */
  public long leaves() {
    return total(BlobStats::leaves);
  }

  /** Edges between blobs. */
  public long edges() {
    return total(BlobStats::edges);
  }

  /** Rebuilds of all blobs. */
  public long compactions() {
    return total(BlobStats::compactions);
  }

  private long total(ToLongFunction<BlobStats> part) {
    return blobs.stream().mapToLong(part).sum();
  }
}
