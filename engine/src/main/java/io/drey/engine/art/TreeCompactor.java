package io.drey.engine.art;

import io.drey.engine.event.FrameMerge;
import io.drey.engine.frame.EdgeScan;
import io.drey.engine.frame.ExclusiveFrame;
import io.drey.engine.frame.Frame;
import io.drey.engine.frame.FrameBuilder;
import io.drey.engine.frame.FrameRebuild;
import io.drey.engine.frame.FrameSpace;
import io.drey.engine.frame.WritableFrames;
import io.drey.engine.layout.Edge;
import io.drey.engine.layout.EntryTable;
import io.drey.engine.layout.FrameHeader;
import io.drey.engine.layout.FrameSize;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Packs a whole tree, from the leaves up: rebuilds each frame, moves entries between blobs that
 * hang under one node until they are full, and folds small blobs into their parents.
 *
 * <p>Works in steps that look at one pair of blobs and the way from the root to them, change a few
 * frames each and leave the content as it is. The tree may change between steps: the blobs on the
 * way from the root are looked up again, and what is gone is skipped. One compactor is used by one
 * thread at a time.
 */
public final class TreeCompactor {
  /** {@link #step} has come to the end. */
  public static final long DONE = -1;

  /** {@link #step} has done something and has more to do. */
  public static final long MORE = -2;

  /** Blobs are filled up to this. */
  private static final int FILL = FrameSize.BYTES / 100 * 96;

  /** A parent takes a child in up to this: writes go on, and find room. */
  private static final int FOLD_FILL = FrameSize.BYTES / 100 * 88;

  /** Entries move only when they free a blob or are at least this many bytes. */
  private static final int MIN_MOVED = FrameSize.BYTES / 16;

  /** A frame with a smaller gap that is packed otherwise stays as it is. */
  private static final int MIN_GAP = FrameSize.BYTES / 64;

  private final List<Level> path = new ArrayList<>();
  private boolean started;
  private int packed;
  private int merged;

  /** A blob on the way from the root, and how far its children have been worked off. */
  private static final class Level {
    final long blob;
    long[] children = new long[0];
    boolean opened;
    int packed;
    int folded;
    long cursor = -1;

    Level(long blob) {
      this.blob = blob;
    }
  }

  /** Frames rebuilt without gaps so far. */
  public int packed() {
    return packed;
  }

  /** Blobs that went into their parent or a neighbour so far. */
  public int merged() {
    return merged;
  }

  /** Takes one step; {@link #DONE}, {@link #MORE}, or the blob that has to be in memory. */
  public long step(WritableFrames frames) {
    if (!started) {
      started = true;
      path.add(new Level(frames.rootBlob()));
    }
    for (int i = 1; i < path.size(); i++) {
      Frame parent = frames.resident(path.get(i - 1).blob);
      if (parent == null) {
        frames.requireExists(path.get(i - 1).blob);
        return path.get(i - 1).blob;
      }
      if (!EdgeScan.leadsTo(parent, path.get(i).blob)) {
        path.subList(i, path.size()).clear();
        return MORE;
      }
    }
    if (path.isEmpty()) {
      return DONE;
    }
    Level level = path.get(path.size() - 1);
    Frame frame = frames.resident(level.blob);
    if (frame == null) {
      frames.requireExists(level.blob);
      return level.blob;
    }
    if (!level.opened) {
      level.opened = true;
      level.children = children(frame);
    }
    while (level.packed < level.children.length) {
      long child = level.children[level.packed++];
      if (EdgeScan.leadsTo(frame, child)) {
        path.add(new Level(child));
        return MORE;
      }
    }
    long moved = moveEntries(frames, level, frame);
    if (moved != DONE) {
      return moved;
    }
    long folded = fold(frames, level, frame);
    if (folded != DONE) {
      return folded;
    }
    pack(frames, level.blob, frame);
    path.remove(path.size() - 1);
    return path.isEmpty() ? DONE : MORE;
  }

  private static long[] children(Frame frame) {
    Set<Long> blobs = new LinkedHashSet<>();
    EdgeScan scan = new EdgeScan(frame);
    while (scan.next()) {
      blobs.add(Edge.blob(frame.segment, frame.base + scan.edge()));
    }
    return blobs.stream().mapToLong(Long::longValue).toArray();
  }

  private void pack(WritableFrames frames, long blob, Frame frame) {
    FrameBuilder builder = new FrameBuilder();
    builder.addSource(frame);
    EntryList.addAll(builder, 0, frame);
    int gap = FrameHeader.gapBytes(frame.segment, frame.base);
    if (gap >= MIN_GAP
        || builder.measure() < FrameSpace.nodeBytes(frame)
        || FrameHeader.compactions(frame.segment, frame.base) == 0) {
      RoomMaker.compact(frames, blob);
      packed++;
    }
  }

  /** Fills a blob from the next one under the same node. */
  private long moveEntries(WritableFrames frames, Level level, Frame parent) {
    EdgeScan scan = new EdgeScan(parent);
    Set<Integer> holders = new HashSet<>();
    boolean reached = level.cursor < 0;
    while (scan.next()) {
      if (!holders.add(scan.holder())) {
        continue;
      }
      List<EntryList> blobs = EntryList.under(parent, scan.holder());
      for (int i = 0; i < blobs.size(); i++) {
        reached |= blobs.get(i).blob == level.cursor;
        if (reached && i + 1 < blobs.size()) {
          return fill(frames, level, blobs.get(i), blobs.get(i + 1));
        }
      }
    }
    return DONE;
  }

  /** Moves what fits from {@code from} to {@code to}, its neighbour; never DONE. */
  private long fill(WritableFrames frames, Level level, EntryList to, EntryList from) {
    Frame target = frames.resident(to.blob);
    if (target == null) {
      frames.requireExists(to.blob);
      return to.blob;
    }
    Frame source = frames.resident(from.blob);
    if (source == null) {
      frames.requireExists(from.blob);
      return from.blob;
    }
    int bytes = FrameSpace.nodeBytes(target);
    int moved = 0;
    int movedBytes = 0;
    while (moved < from.count && to.count + moved < FrameSize.MAX_ENTRIES) {
      int size = EntryList.bytes(source, from.entries[moved]);
      if (EntryTable.end(to.count + moved + 1) + bytes + movedBytes + size > FILL) {
        break;
      }
      movedBytes += size;
      moved++;
    }
    if (moved == 0 || (moved < from.count && movedBytes < MIN_MOVED)) {
      level.cursor = from.blob;
      return MORE;
    }
    FrameMerge event = new FrameMerge();
    event.begin();
    int used = FrameSpace.usedBytes(target);
    ExclusiveFrame parent = frames.writable(level.blob);
    ExclusiveFrame filled = frames.writable(to.blob);
    FrameBuilder builder = new FrameBuilder();
    builder.addSource(filled.frame());
    boolean emptied = moved == from.count;
    ExclusiveFrame rest = emptied ? null : frames.writable(from.blob);
    Frame left = rest == null ? source : rest.frame();
    builder.addSource(left);
    to.addTo(builder, 0, 0, to.count, 0);
    from.addTo(builder, 1, 0, moved, to.count);
    FrameRebuild.rewrite(filled, frames.scratch(), builder, to.count + moved);
    to.point(parent, to.blob, 0, to.count, 0);
    from.point(parent, to.blob, 0, moved, to.count);
    if (rest == null) {
      frames.free(from.blob);
      level.cursor = to.blob;
      FrameEvents.merged(event, frames, from.blob, filled.frame(), used);
      merged++;
    } else {
      FrameBuilder kept = new FrameBuilder();
      kept.addSource(left);
      from.addTo(kept, 0, moved, from.count, 0);
      FrameRebuild.rewrite(rest, frames.scratch(), kept, from.count - moved);
      from.point(parent, from.blob, moved, from.count, 0);
      level.cursor = from.blob;
    }
    return MORE;
  }

  /** Takes the next child that fits into its parent's frame. */
  private long fold(WritableFrames frames, Level level, Frame parent) {
    int used = FrameSpace.usedBytes(parent);
    while (level.folded < level.children.length) {
      long child = level.children[level.folded];
      if (used >= FOLD_FILL || !EdgeScan.leadsTo(parent, child)) {
        level.folded++;
        continue;
      }
      Frame frame = frames.resident(child);
      if (frame == null) {
        frames.requireExists(child);
        return child;
      }
      level.folded++;
      int bytes = FrameSpace.nodeBytes(frame);
      if (used + bytes - Edge.SIZE <= FOLD_FILL) {
        FrameMerge event = new FrameMerge();
        event.begin();
        ExclusiveFrame target = frames.writable(level.blob);
        Frame place = target.frame();
        FrameBuilder builder = new FrameBuilder();
        builder.addSource(place);
        builder.addSource(frame);
        builder.fold(child, 1);
        int capacity = EntryList.addAll(builder, 0, place);
        FrameRebuild.rewrite(target, frames.scratch(), builder, capacity);
        frames.free(child);
        FrameEvents.merged(event, frames, child, place, used);
        merged++;
      }
      return MORE;
    }
    return DONE;
  }
}
