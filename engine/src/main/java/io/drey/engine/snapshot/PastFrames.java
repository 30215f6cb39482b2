package io.drey.engine.snapshot;

import io.drey.engine.art.RowSource;
import io.drey.engine.frame.EntryRow;
import io.drey.engine.frame.Frames;
import io.drey.engine.frame.LatchedFrame;
import io.drey.engine.pool.EpochEnd;
import io.drey.engine.pool.FramePool;
import io.drey.engine.pool.Pins;
import io.drey.engine.pool.Residency;
import java.io.IOException;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The frames as they were when this was opened: for each blob the image of that epoch, which may be
 * the current one still. Reads are as optimistic as those of the tree: a blob's current image may
 * be replaced under a walk, and any image may leave memory; both raise its stamp. Any number of
 * threads.
 *
 * <p>While it is open, images that it needs stay; those that are nobody else's may lie in slots
 * that no manifest names, so it costs file space and no memory.
 */
public final class PastFrames implements Frames, RowSource {
  private final FramePool pool;
  private final Residency residency;
  private final long number;
  private final long root;
  private final long seq;

  private PastFrames(FramePool pool, Residency residency, long number, long root, long seq) {
    this.pool = pool;
    this.residency = residency;
    this.number = number;
    this.root = root;
    this.seq = seq;
  }

  /**
   * Takes the moment down: an instant, whatever the size of the tree.
   *
   * @param end the moment
   * @param log begins the next epoch, and knows the last change before it
   */
  public static PastFrames open(
      FramePool pool, Residency residency, EpochEnd end, LongUnaryOperator log) {
    long number = end.openSnapshot();
    boolean open = false;
    try {
      long seq = log.applyAsLong(end.next());
      end.pass();
      PastFrames past = new PastFrames(pool, residency, number, pool.rootBlob(), seq);
      open = true;
      return past;
    } finally {
      if (!open) {
        pool.closeSnapshot(number);
      }
    }
  }

  /** The last change that is seen. */
  public long seq() {
    return seq;
  }

  @Override
  public @Nullable LatchedFrame latched(long blob) {
    return pool.latched(number, blob);
  }

  @Override
  public long stamp(LatchedFrame latch) {
    return pool.stamp(number, latch);
  }

  @Override
  public long rootBlob() {
    return root;
  }

  @Override
  public EntryRow row(LatchedFrame blob, int entry) {
    return pool.row(blob, entry);
  }

  /** As {@link Residency#load(long, Pins)}. */
  public void load(long blob, Pins pins) throws IOException {
    residency.load(number, blob, pins);
  }

  /**
   * Lets go of what only this needed. Once, inside the gate; nobody reads any more, or finds that
   * it is closed.
   */
  public void close() {
    pool.closeSnapshot(number);
  }

  @Override
  public boolean isMine(LatchedFrame latch) {
    return false;
  }
}
