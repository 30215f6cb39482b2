package io.drey.engine.art;

import io.drey.Check;
import io.drey.Violation;
import io.drey.engine.frame.Frame;
import io.drey.engine.frame.FrameCheck;
import io.drey.engine.frame.WritableFrames;
import io.drey.engine.layout.Edge;
import io.drey.engine.layout.EntryTable;
import io.drey.engine.layout.FrameHeader;
import io.drey.engine.layout.FrameSize;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks a tree: each of its frames, and that the frames hang together. Reports every violation
 * found. The tree must not change between the first and the last call of {@link #run}.
 */
public final class TreeCheck {
  /** {@link #run} has not come to the end. */
  public static final long MORE = -2;

  /** {@link #run} has come to the end. */
  public static final long DONE = -1;

  private final List<Violation> violations = new ArrayList<>();
  private final Map<Long, Arrival> arrivals = new HashMap<>();
  private final ArrayDeque<Long> waiting = new ArrayDeque<>();

  /** How the walk came to a blob: through one node, to these entries at these depths. */
  private static final class Arrival {
    final long parent;
    final int holder;
    final int[] depths = new int[FrameSize.MAX_ENTRIES];
    final boolean[] reached = new boolean[FrameSize.MAX_ENTRIES];

    Arrival(long parent, int holder) {
      this.parent = parent;
      this.holder = holder;
    }
  }

  /** Begins with the root. */
  public TreeCheck(WritableFrames frames) {
    Arrival root = new Arrival(-1, 0);
    root.reached[0] = true;
    arrivals.put(frames.rootBlob(), root);
    waiting.add(frames.rootBlob());
  }

  /**
   * Checks one frame more.
   *
   * @return {@link #MORE}, {@link #DONE}, or the blob that is missing; nothing was done then
   */
  public long run(WritableFrames frames) {
    if (waiting.isEmpty()) {
      return DONE;
    }
    long blob = waiting.getFirst();
    Frame frame = frames.resident(blob);
    if (frame == null && frames.latched(blob) != null) {
      return blob;
    }
    waiting.removeFirst();
    if (frame == null) {
      report(Check.EDGE_TARGET, blob, Violation.NONE, "an edge leads to it, it does not exist");
    } else {
      check(blob, frame);
    }
    return MORE;
  }

  /**
   * Leaves out the blob that {@link #run} asked for: its image is damaged. What hangs below it too.
   */
  public void skip() {
    waiting.removeFirst();
  }

  /** What was found so far. */
  public List<Violation> violations() {
    return List.copyOf(violations);
  }

  /** The blobs reached so far. */
  public Set<Long> blobs() {
    return Set.copyOf(arrivals.keySet());
  }

  private void check(long blob, Frame frame) {
    Arrival arrival = arrivals.get(blob);
    if (arrival == null) {
      throw new IllegalStateException("blob " + blob + " was never reached");
    }
    if (FrameHeader.blob(frame.segment, frame.base) != blob) {
      report(Check.FRAME_IDENTITY, blob, 0, "the frame is another blob's");
      return;
    }
    FrameCheck.check(
        frame,
        arrival.depths,
        violations,
        (edge, holder, depth) -> reach(blob, frame, edge, holder, depth));
    int capacity = FrameHeader.entryCapacity(frame.segment, frame.base);
    for (int entry = 0; entry < FrameSize.MAX_ENTRIES; entry++) {
      boolean isRoot = arrival.parent < 0 && entry == 0;
      boolean there = entry < capacity && EntryTable.root(frame.segment, frame.base, entry) != 0;
      if (arrival.reached[entry] && !there && !isRoot) {
        report(Check.EDGE_TARGET, blob, 0, "an edge leads to entry " + entry + ", which is vacant");
      } else if (there && !arrival.reached[entry]) {
        report(Check.EDGE_UNIQUE, blob, 0, "no edge leads to entry " + entry);
      }
    }
  }

  /** INVARIANT T1 and T2. */
  private void reach(long parent, Frame frame, int edge, int holder, int depth) {
    long blob = Edge.blob(frame.segment, frame.base + edge);
    int entry = Edge.entry(frame.segment, frame.base + edge);
    Arrival arrival = arrivals.get(blob);
    if (arrival == null) {
      arrival = new Arrival(parent, holder);
      arrivals.put(blob, arrival);
      waiting.add(blob);
    } else if (arrival.parent != parent || arrival.holder != holder) {
      report(Check.ENTRY_PARENT, parent, edge, "blob " + blob + " hangs under two nodes");
    }
    if (entry >= FrameSize.MAX_ENTRIES) {
      report(Check.EDGE_TARGET, parent, edge, "no entry " + entry + " of blob " + blob);
      return;
    }
    if (arrival.reached[entry]) {
      report(Check.EDGE_UNIQUE, parent, edge, "entry " + entry + " of blob " + blob + " again");
    }
    arrival.reached[entry] = true;
    arrival.depths[entry] = depth;
  }

  private void report(Check check, long blob, long offset, String detail) {
    violations.add(Violation.inFrame(check, blob, offset, detail));
  }
}
