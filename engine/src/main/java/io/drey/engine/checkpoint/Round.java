package io.drey.engine.checkpoint;

import io.drey.engine.pool.Capture;
import io.drey.engine.pool.CapturedImage;
import io.drey.engine.pool.EpochEnd;
import io.drey.engine.store.CommitFailedException;
import io.drey.engine.store.ManifestChange;
import io.drey.engine.store.ManifestHead;
import io.drey.engine.store.StoredImage;
import io.drey.journal.Switch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One checkpoint, from the end of an epoch to the recycled journal; {@link RoundPhase} names the
 * order.
 *
 * <p>One thread, one round at a time. A round that fails before its commit leaves everything as it
 * was: the captured blobs count as changed again, images it wrote are as good as spilled ones. A
 * failed force of any file is final for the store.
 */
final class Round {
  private final CheckpointParts parts;
  private final RoundEvents events;

  Round(CheckpointParts parts, RoundReason reason) {
    this.parts = parts;
    this.events =
        new RoundEvents(
            parts.gate().store(), parts.images().state().head().checkpointId() + 1, reason);
  }

  /** The state at one moment S, the end of an epoch. */
  private record Moment(Switch cut, long rootBlob, Capture capture) {
    List<CapturedImage> images() {
      return capture.taken();
    }
  }

  /** Returns the number of the file with which the log begins from now on. */
  long run() throws IOException {
    parts.residency().roundBegins();
    Throwable failure = null;
    try {
      Moment moment = quiesce();
      try {
        capture(moment);
        events.begin(RoundPhase.SEAL);
        parts.log().seal(moment.cut()); // ORDER: SEAL before WRITE
        events.begin(RoundPhase.WRITE);
        write(moment);
        events.begin(RoundPhase.FORCE);
        if (!moment.images().isEmpty()) {
          force(); // also for those that were spilled before the round
        }
        events.begin(RoundPhase.COMMIT);
        commit(moment);
      } catch (IOException | RuntimeException | Error e) {
        abandon(moment, e);
        throw e;
      }
      events.begin(RoundPhase.RELEASE);
      release(moment);
      events.begin(RoundPhase.RECYCLE);
      parts.log().recycle(moment.cut());
      return moment.cut().next().number();
    } catch (IOException | RuntimeException | Error e) {
      failure = e;
      throw e;
    } finally {
      parts.residency().roundEnds();
      events.end(failure);
    }
  }

  private Moment quiesce() throws IOException {
    Moment moment;
    do {
      parts.log().prepare();
      moment = tryQuiesce();
    } while (moment == null);
    return moment;
  }

  /** Null when another writer has used up the prepared segment. */
  private @Nullable Moment tryQuiesce() throws IOException {
    events.journalBytes(parts.log().bytesSinceCut());
    Moment moment;
    try {
      try (EpochEnd end = parts.pool().endEpoch()) {
        requireHealth();
        moment = part(end);
        events.parted(end.nanos());
      } finally {
        parts.log().parted();
      }
    } catch (RuntimeException | Error e) {
      parts.health().fail(e); // nobody knows which epoch the changed blobs are in
      throw e;
    }
    return moment;
  }

  private @Nullable Moment part(EpochEnd end) {
    Switch cut = parts.log().part(end.next());
    end.pass();
    if (cut == null) {
      return null;
    }
    parts.images().raiseEpoch();
    return new Moment(cut, parts.pool().rootBlob(), parts.captures().begin());
  }

  /** Takes the images; what was reserved before the moment has been applied then. */
  private void capture(Moment moment) throws IOException {
    parts.captures().complete(moment.capture());
    events.captured(moment.images().size());
    requireHealth();
  }

  /**
   * INVARIANT C5: before the moment, whatever the caller saw before it waited for a round that
   * failed: what that round has written counts as written, and no later force saves it. And once
   * the images are captured: a change that failed half-way is in them.
   */
  private void requireHealth() throws IOException {
    Throwable failed = parts.health().failure();
    if (failed != null) {
      throw new IOException("the store has failed: no checkpoint is written any more", failed);
    }
  }

  private void write(Moment moment) throws IOException {
    for (CapturedImage image : moment.images()) {
      if (parts.captures().write(image)) {
        parts.residency().roundLetGo();
        events.written();
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
    ManifestHead before = parts.images().state().head();
    ManifestHead head =
        before
            .withCheckpoint(
                before.checkpointId() + 1,
                Math.max(before.seq(), moment.cut().lastSeq()),
                Math.max(before.seqHighWater(), moment.cut().lastSeq()),
                Math.max(before.forcedMark(), parts.log().forcedMark()),
                moment.cut().next(),
                List.of())
            .withBlobs(moment.capture().nextBlob(), moment.rootBlob());
    List<Long> named = new ArrayList<>(moment.capture().removed());
    named.removeIf(blob -> parts.images().state().image(blob) == null);
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
      parts.pool().blobs().reuse(moment.capture().removed());
    } finally {
      parts.pool().ledger().leave(stamp);
    }
  }

  private void abandon(Moment moment, Throwable cause) {
    try {
      abandon(moment);
    } catch (RuntimeException | Error e) {
      parts.health().fail(e); // nobody knows which blobs count as changed
      cause.addSuppressed(e);
    }
  }

  private void abandon(Moment moment) {
    parts.captures().abandon(moment.capture());
    parts.images().endClaims();
    long stamp = parts.pool().ledger().enter();
    try {
      parts.pool().blobs().returnRemoved(moment.capture().removed());
    } finally {
      parts.pool().ledger().leave(stamp);
    }
  }
}
