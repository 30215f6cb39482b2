package io.drey.crash.disk;

import io.drey.crash.Digest;
import io.drey.crash.History;
import io.drey.crash.Moment;
import io.drey.crash.Promise;
import io.drey.crash.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One life of a store, from an open to its close, with all that it did to its disk.
 *
 * @param origin how the disk it began with came about, one step a line
 * @param seed what its operations and its crash states are drawn with
 * @param start the disk it began with
 * @param marks how far the history was, from which position on; the first is at position 0
 * @param opened the state it held once it was open
 * @param firstOperation the position at which the first operation began, or the end
 * @param broken what went wrong in the life itself, or null
 */
record Life(
    List<String> origin,
    long seed,
    DiskState start,
    Trace trace,
    List<Mark> marks,
    Digest opened,
    int firstOperation,
    Verdict.@Nullable Broken broken) {
  /** From this position on, until the next mark, the history is that far. */
  record Mark(int position, History history, Moment moment) {}

  /**
   * What a life begins with.
   *
   * @param before how far the history was when the disk came to be as it is
   * @param survived by what kind of crash it did
   */
  record Start(List<String> origin, DiskState disk, Mark before, Promise survived, long seed) {}

  /** How far the history is after the first {@code position} effects. */
  Mark at(int position) {
    Mark last = marks.getFirst();
    for (Mark mark : marks) {
      if (mark.position() > position) {
        break;
      }
      last = mark;
    }
    return last;
  }

  /** Whether the history gets on between the position before this one and this one. */
  boolean hasMarkAt(int position) {
    return marks.stream().anyMatch(mark -> mark.position() == position);
  }

  /**
   * Whether a crash at this position leads to the very state this life began with: nothing was done
   * yet, and nothing it saw could be lost.
   */
  boolean repeats(int position) {
    return start.pending().isEmpty() && position <= firstOperation;
  }
}
