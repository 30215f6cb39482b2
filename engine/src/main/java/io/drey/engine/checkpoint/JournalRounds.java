package io.drey.engine.checkpoint;

import io.drey.Durability;
import io.drey.engine.store.ManifestLog;
import io.drey.journal.Journal;
import io.drey.journal.Switch;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Rounds over the journal: they part it between two segments. */
public final class JournalRounds implements RoundLog {
  private final Journal journal;
  private final ManifestLog manifest;
  private final Durability durability;

  /**
   * Where the journal is parted by a round that has not committed: used again if nothing lies
   * behind it. WHY not a fresh segment each time: a round that is tried over and over, on a disk
   * that takes no image, would leave one for every try. Of the round under way.
   */
  private @Nullable Switch pending;

  public JournalRounds(Journal journal, ManifestLog manifest, Durability durability) {
    this.journal = journal;
    this.manifest = manifest;
    this.durability = durability;
  }

  @Override
  public void prepare() throws IOException {
    if (pending == null || journal.bytesSinceSwitch() > 0) {
      journal.prepareSwitch();
    }
  }

  @Override
  public @Nullable Switch part(long epoch) {
    Switch cut = journal.switchSegment(epoch, pending);
    pending = cut == null ? pending : cut;
    return cut;
  }

  @Override
  public void parted() {
    journal.publishSwitch();
  }

  @Override
  public void seal(Switch cut) throws IOException {
    journal.forceThrough(cut.end());
  }

  @Override
  public void recycle(Switch cut) throws IOException {
    pending = null;
    journal.recycleBefore(cut.next().number(), manifest.commitNumber());
  }

  @Override
  public long forcedMark() {
    return journal.forcedMark();
  }

  @Override
  public long lastSeq() {
    return journal.lastSeq();
  }

  @Override
  public long bytesSinceCut() {
    return journal.bytesSinceSwitch();
  }

  @Override
  public long bytes() {
    return journal.appendedBytes();
  }

  @Override
  public long file() {
    return journal.openSegment();
  }

  @Override
  public long bytesFrom(long file) {
    return journal.bytesFrom(file);
  }

  @Override
  public long fileBytes() {
    return journal.segmentBytes();
  }

  @Override
  public long forces() {
    return journal.forces();
  }

  @Override
  public boolean keepsChanges() {
    return durability != Durability.NONE;
  }
}
