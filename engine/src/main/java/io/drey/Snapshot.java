package io.drey;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A tree as it was at one moment: what every change before it left, and nothing of any change after
 * it. The read methods are those of {@link Tree}, with the same costs and errors.
 *
 * <p>Any number of threads may read it, while the tree goes on. It costs nothing to take, whatever
 * the tree's size; while it is open, the images of blobs that change are kept beside the new ones:
 * in memory as long as there is room, else in the data file, which grows by them until it is
 * closed. It holds nobody up. It is not durable: it ends with its store.
 *
 * <p>After {@link #close}, or when its store is closed, every read throws {@link ClosedException}.
 */
public interface Snapshot extends AutoCloseable {
  /** The sequence number of the last change it shows; no record has a greater version. */
  long seq();

  /** As {@link Tree#get(byte[])}. */
  byte @Nullable [] get(byte[] key);

  /** As {@link Tree#get(byte[], MemorySegment)}. */
  int get(byte[] key, MemorySegment target);

  /** As {@link Tree#getAll}. */
  byte[] @Nullable [] getAll(byte[]... keys);

  /** As {@link Tree#getEntry}. */
  @Nullable Entry getEntry(byte[] key);

  /** As {@link Tree#contains}. */
  boolean contains(byte[] key);

  /** As {@link Tree#longestPrefix}. */
  @Nullable Entry longestPrefix(byte[] query);

  /** As {@link Tree#isPrefixEmpty}. */
  boolean isPrefixEmpty(byte[] prefix);

  /** As {@link Tree#count}. */
  PrefixCount count(byte[] prefix);

  /** A scan of all records in key order; all its sections show the snapshot's moment. */
  Scan scan();

  /** A scan of the records whose keys start with {@code prefix}, in key order, at this moment. */
  Scan scan(byte[] prefix);

  /** Gives up the moment and what only it needed. Idempotent. */
  @Override
  void close();
}
