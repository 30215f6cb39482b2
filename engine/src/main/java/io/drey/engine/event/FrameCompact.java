package io.drey.engine.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Percentage;
import jdk.jfr.StackTrace;

/** A frame was rebuilt without gaps. */
@Name("io.drey.FrameCompact")
@Label("Frame Compaction")
@Description("A frame was rebuilt without gaps")
@Category({"Drey", "Frame"})
@StackTrace(false)
public final class FrameCompact extends StoreEvent {
  @Label("Blob")
  @BlobNumber
  public long blob;

  @Label("Fill Before")
  @Description("Gaps included")
  @Percentage
  public float fillBefore;

  @Label("Fill After")
  @Percentage
  public float fillAfter;

  @Label("Gained")
  @DataAmount
  public long gained;
}
