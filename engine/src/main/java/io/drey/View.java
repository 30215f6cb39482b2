package io.drey;

import io.drey.engine.art.RowSource;
import io.drey.engine.frame.Frames;
import io.drey.engine.pool.Pins;
import java.io.IOException;

/** What reads look at: a tree as it is, or as it was. */
interface View {
  Frames frames();

  RowSource rows();

  /** Throws unless the store is open, and the moment is still kept. */
  void checkOpen();

  /** Loads a blob that a walk over {@link #frames} did not find in memory, and pins it. */
  void load(long blob, Pins pins) throws IOException;

  /** The tree as it is. */
  static View live(OpenStore store) {
    return new View() {
      @Override
      public Frames frames() {
        return store.pool;
      }

      @Override
      public RowSource rows() {
        return store.pool;
      }

      @Override
      public void checkOpen() {
        store.checkOpen();
      }

      @Override
      public void load(long blob, Pins pins) throws IOException {
        store.residency.load(blob, pins);
      }
    };
  }
}
