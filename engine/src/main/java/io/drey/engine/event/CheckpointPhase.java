package io.drey.engine.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** One phase of a checkpoint. Lies inside its {@link Checkpoint}, in the same thread. */
@Name("io.drey.CheckpointPhase")
@Label("Checkpoint Phase")
@Description("One phase of a checkpoint")
@Category({"Drey", "Checkpoint Phase"})
@StackTrace(false)
public final class CheckpointPhase extends StoreEvent {
  @Label("Checkpoint")
  @CheckpointNumber
  public long checkpoint;

  @Label("Phase")
  @Description("Quiesce, Seal, Write, Force, Commit, Release or Recycle")
  public String phase = "";

  @Label("Blobs")
  @Description("Images the phase worked on")
  public int blobs;

  @Label("Bytes")
  @Description("What the phase wrote or forced")
  @DataAmount
  public long bytes;
}
