package io.drey.engine.event;

import jdk.jfr.Category;
import jdk.jfr.Contextual;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/**
 * One round, from the end of an epoch to the recycled journal. INVARIANT E1: the seven phases add
 * up to the duration, within the clock's resolution.
 */
@Name("io.drey.Checkpoint")
@Label("Checkpoint")
@Description("One round, from the end of an epoch to the recycled journal")
@Category({"Drey", "Checkpoint"})
@StackTrace(false)
public final class Checkpoint extends StoreEvent {
  @Label("Checkpoint")
  @Description("The number of the round in its store, across lives")
  @CheckpointNumber
  @Contextual
  public long checkpoint;

  @Label("Reason")
  @Description("Why the round was begun")
  public String reason = "";

  @Label("Blobs")
  @Description("Images that changed since the last round")
  public int blobs;

  @Label("Written Blobs")
  @Description("Those of them that had not been spilled before")
  public int written;

  @Label("Bytes")
  @Description("Written to the data file")
  @DataAmount
  public long bytes;

  @Label("Journal Bytes")
  @Description("Records that the round made needless")
  @DataAmount
  public long journalBytes;

  @Label("Quiesce")
  @Description("To prepare the journal, to end the epoch and to capture the images")
  @Timespan(Timespan.NANOSECONDS)
  public long quiesce;

  @Label("Parting")
  @Description("The part of it for which nobody could change a blob for the first time")
  @Timespan(Timespan.NANOSECONDS)
  public long parting;

  @Label("Seal")
  @Description("To force the journal up to the moment")
  @Timespan(Timespan.NANOSECONDS)
  public long seal;

  @Label("Write")
  @Description("To write the images")
  @Timespan(Timespan.NANOSECONDS)
  public long write;

  @Label("Force")
  @Description("To force the data file")
  @Timespan(Timespan.NANOSECONDS)
  public long force;

  @Label("Commit")
  @Description("To append to the manifest and force it")
  @Timespan(Timespan.NANOSECONDS)
  public long commit;

  @Label("Release")
  @Description("To free what only the round before named")
  @Timespan(Timespan.NANOSECONDS)
  public long release;

  @Label("Recycle")
  @Description("To recycle the journal")
  @Timespan(Timespan.NANOSECONDS)
  public long recycle;

  @Label("Failure")
  @Description("Why the round came to nothing")
  public @Nullable String failure;
}
