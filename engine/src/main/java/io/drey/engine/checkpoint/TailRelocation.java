package io.drey.engine.checkpoint;

import io.drey.engine.event.FileTrim;
import io.drey.engine.layout.FrameSize;
import io.drey.engine.pool.FramePool;
import io.drey.engine.pool.Pins;
import java.io.IOException;
import java.util.List;

/**
 * Gives file space back: blobs whose images lie in the tail of the data file count as changed, so
 * that the next round writes them to the lowest free slots; then the file is cut.
 *
 * <p>There are as many free slots below the number of live images as there are images above it, so
 * one pass leaves no gap but what others write meanwhile.
 */
final class TailRelocation {
  /** A file may be this much longer than its live images before it pays to move any. */
  private static final int SLACK_SHARE = 16;

  private static final int SLACK_SLOTS = 4;

  private final CheckpointParts parts;

  TailRelocation(CheckpointParts parts) {
    this.parts = parts;
  }

  void run(Rounds rounds) throws IOException {
    long packed = parts.images().packedLength(liveImages());
    long length = parts.images().trimmedLength();
    FileTrim event = new FileTrim();
    event.begin();
    if (length > packed + packed / SLACK_SHARE + SLACK_SLOTS) {
      event.moved = move(packed);
      rounds.run();
    }
    parts.images().trim();
    event.end();
    if (event.moved > 0 && event.shouldCommit()) {
      event.store = parts.gate().store();
      event.before = length * FrameSize.BYTES;
      event.after = parts.images().trimmedLength() * FrameSize.BYTES;
      event.commit();
    }
  }

  private long liveImages() {
    long stamp = parts.pool().ledger().enter();
    try {
      return parts.pool().blobs().count();
    } finally {
      parts.pool().ledger().leave(stamp);
    }
  }

  /** How many blobs are to move. */
  private int move(long fromSlot) throws IOException {
    List<Long> blobs;
    long stamp = parts.pool().ledger().enter();
    try {
      blobs = parts.pool().blobs().storedFrom(fromSlot);
    } finally {
      parts.pool().ledger().leave(stamp);
    }
    for (long blob : blobs) {
      Pins pins = new Pins();
      try {
        parts.residency().load(blob, pins);
        parts.residency().ensureSpare(FramePool.SPARE_FRAMES, pins);
        markChanged(blob);
      } finally {
        parts.residency().release(pins);
      }
    }
    return blobs.size();
  }

  private void markChanged(long blob) {
    long stamp = parts.gate().enter();
    try {
      if (parts.pool().resident(blob) != null) {
        parts.pool().writable(blob);
      }
    } finally {
      parts.gate().leave(stamp);
    }
  }
}
