package io.drey.engine.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Percentage;
import jdk.jfr.StackTrace;

/** A small blob went into its parent or a neighbour. */
@Name("io.drey.FrameMerge")
@Label("Frame Merge")
@Description("A small blob went into its parent or a neighbour")
@Category({"Drey", "Frame"})
@StackTrace(false)
public final class FrameMerge extends StoreEvent {
  @Label("Blob")
  @Description("Gone")
  @BlobNumber
  public long blob;

  @Label("Into")
  @BlobNumber
  public long into;

  @Label("Bytes")
  @Description("Moved")
  @DataAmount
  public long bytes;

  @Label("Fill After")
  @Description("Of the blob that took it")
  @Percentage
  public float fillAfter;
}
