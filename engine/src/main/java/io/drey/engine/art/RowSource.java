package io.drey.engine.art;

import io.drey.engine.frame.EntryRow;
import io.drey.engine.frame.LatchedFrame;

/** Where directory rows come from, of blobs in memory and of others; read under their stamps. */
@FunctionalInterface
public interface RowSource {
  /** The row of an entry in use. */
  EntryRow row(LatchedFrame blob, int entry);
}
