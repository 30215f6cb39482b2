package io.drey.engine.checkpoint;

import io.drey.engine.pool.CapturedImage;
import io.drey.engine.store.CommitFailedException;
import io.drey.engine.store.ManifestChange;
import io.drey.engine.store.ManifestHead;
import io.drey.engine.store.StoredImage;
import io.drey.journal.SegmentLink;
import io.drey.journal.Switch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One checkpoint, from the closed gate to the recycled journal; {@link RoundPhase} names the order.
 *
 * <p>One thread, one round at a time. A round that fails before its commit leaves everything as it
 * was: the captured blobs count as changed again, images it wrote are as good as spilled ones. A
 * failed force of any file is final for the store.
 */
final class Round {
  private final CheckpointParts parts;

  /** Where the journal is parted by a round that came to nothing, if nothing lies behind it. */
  private @Nullable Switch unusedCut;

  /**
   * @param unusedCut what {@link #unusedCut} of the round before tells
   */
  Round(CheckpointParts parts, @Nullable Switch unusedCut) {
    this.parts = parts;
    this.unusedCut = unusedCut;
  }

  /** Where this round has parted the journal without a commit, or the one before did; or null. */
  @Nullable Switch unusedCut() {
    return unusedCut;
  }

  /** The state at one moment S, captured while the gate was closed. */
  private record Moment(
      long seq,
      Switch cut,
      long rootBlob,
      long nextBlob,
      List<CapturedImage> images,
      List<Long> removed) {}

  /** Returns the segment with which the journal begins from now on. */
  SegmentLink run() throws IOException {
    parts.residency().roundBegins();
    try {
      Moment moment = quiesce();
      try {
        parts.journal().forceThrough(moment.cut().end()); // ORDER: SEAL before WRITE
        write(moment);
        if (!moment.images().isEmpty()) {
          force(); // also for those that were spilled before the round
        }
        commit(moment);
        unusedCut = null;
      } catch (IOException | RuntimeException | Error e) {
        unusedCut = moment.cut();
        abandon(moment);
        throw e;
      }
      release(moment);
      parts.journal().recycleBefore(moment.cut().next().number(), parts.manifest().commitNumber());
      return moment.cut().next();
    } finally {
      parts.residency().roundEnds();
    }
  }

  private Moment quiesce() throws IOException {
    Moment moment;
    do {
      if (reusable() == null) {
        parts.journal().prepareSwitch();
      }
      moment = tryQuiesce();
    } while (moment == null);
    return moment;
  }

  /** Null when another writer has used up the prepared segment. */
  private @Nullable Moment tryQuiesce() {
    long stamp = parts.gate().enter();
    try {
      Switch cut = part();
      if (cut == null) {
        return null;
      }
      parts.images().raiseEpoch();
      return new Moment(
          cut.lastSeq(),
          cut,
          parts.pool().rootBlob(),
          parts.pool().blobs().next(),
          parts.captures().capture(),
          parts.pool().blobs().takeRemoved());
    } finally {
      parts.gate().leave(stamp);
    }
  }

  /** Parts the journal, inside the gate; null when no segment is prepared. */
  private @Nullable Switch part() {
    Switch unused = reusable();
    return unused == null
        ? parts.journal().switchSegment()
        : new Switch(parts.journal().lastSeq(), unused.end(), unused.next());
  }

  /**
   * Where the journal is parted already. WHY not by a fresh segment each time: a round that is
   * tried over and over, on a disk that takes no image, would leave one for every try.
   */
  private @Nullable Switch reusable() {
    return parts.journal().bytesSinceSwitch() == 0 ? unusedCut : null;
  }

  private void write(Moment moment) throws IOException {
    for (CapturedImage image : moment.images()) {
      if (parts.captures().write(image)) {
        parts.residency().roundLetGo();
      }
    }
  }

  private void force() throws IOException {
    try {
      parts.images().force();
    } catch (IOException e) {
      parts.health().fail(e);
      throw e;
    }
  }

  /** INVARIANT C1: when this returns the disk holds the state at the moment, until then not. */
  private void commit(Moment moment) throws IOException {
    List<StoredImage> images = new ArrayList<>(moment.images().size());
    for (CapturedImage image : moment.images()) {
      StoredImage stored = image.stored();
      if (stored == null) {
        throw new IllegalStateException("blob " + image.blob() + " was not written");
      }
      images.add(stored);
    }
    ManifestHead before = parts.manifest().state().head();
    ManifestHead head =
        before
            .withCheckpoint(
                before.checkpointId() + 1,
                Math.max(before.seq(), moment.seq()),
                Math.max(before.seqHighWater(), moment.seq()),
                Math.max(before.forcedMark(), parts.journal().forcedMark()),
                moment.cut().next(),
                List.of())
            .withBlobs(moment.nextBlob(), moment.rootBlob());
    List<Long> named = new ArrayList<>(moment.removed());
    named.removeIf(blob -> parts.manifest().state().image(blob) == null);
    try {
      parts.images().commit(new ManifestChange(head, images, named));
    } catch (CommitFailedException e) {
      if (e.outcome() != CommitFailedException.Outcome.REPEATABLE) {
        parts.health().fail(e);
      }
      throw e;
    }
  }

  private void release(Moment moment) {
    long stamp = parts.pool().ledger().enter();
    try {
      parts.pool().blobs().reuse(moment.removed());
    } finally {
      parts.pool().ledger().leave(stamp);
    }
  }

  private void abandon(Moment moment) {
    parts.captures().abandon(moment.images());
    parts.images().endClaims();
    long stamp = parts.pool().ledger().enter();
    try {
      parts.pool().blobs().returnRemoved(moment.removed());
    } finally {
      parts.pool().ledger().leave(stamp);
    }
  }
}
