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

  public JournalRounds(Journal journal, ManifestLog manifest, Durability durability) {
    this.journal = journal;
    this.manifest = manifest;
    this.durability = durability;
  }

  @Override
  public void prepare() throws IOException {
    journal.prepareSwitch();
  }

  @Override
  public @Nullable Switch part() {
    return journal.switchSegment();
  }

  @Override
  public void seal(Switch cut) throws IOException {
    journal.forceThrough(cut.end());
  }

  @Override
  public void recycle(Switch cut) throws IOException {
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
  public long forces() {
    return journal.forces();
  }

  @Override
  public boolean keepsChanges() {
    return durability != Durability.NONE;
  }
}
