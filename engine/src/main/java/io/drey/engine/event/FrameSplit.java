package io.drey.engine.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Percentage;
import jdk.jfr.StackTrace;

/** A run of subtrees or entries moved to a fresh blob. */
@Name("io.drey.FrameSplit")
@Label("Frame Split")
@Description("A run of subtrees or entries moved to a fresh blob")
@Category({"Drey", "Frame"})
@StackTrace(false)
public final class FrameSplit extends StoreEvent {
  @Label("Blob")
  @BlobNumber
  public long blob;

  @Label("New Blob")
  @BlobNumber
  public long newBlob;

  @Label("Entries")
  @Description("Moved, each the root of a subtree")
  public int entries;

  @Label("Bytes")
  @Description("Moved")
  @DataAmount
  public long bytes;

  @Label("Fill Before")
  @Percentage
  public float fillBefore;

  @Label("Fill After")
  @Percentage
  public float fillAfter;
}
