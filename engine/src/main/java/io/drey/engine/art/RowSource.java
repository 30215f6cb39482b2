package io.drey.engine.art;

import io.drey.engine.frame.EntryRow;

/** Where directory rows come from, of blobs in memory and of others. */
@FunctionalInterface
public interface RowSource {
  /** The row of an entry in use, true at the moment at which the frames of the walk are true. */
  EntryRow row(long blob, int entry);
}
