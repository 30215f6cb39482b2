package io.drey.engine.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Throttle;

/** An image was copied before its first change since a capture. */
@Name("io.drey.FrameCopy")
@Label("Frame Copy")
@Description("An image was copied before its first change since a capture")
@Category({"Drey", "Frame"})
@StackTrace(false)
@Throttle("100/s")
public final class FrameCopy extends StoreEvent {
  @Label("Blob")
  @BlobNumber
  public long blob;

  @Label("Bytes")
  @DataAmount
  public long bytes;

  @Label("Reason")
  @Description("Checkpoint, Snapshot or Mapped")
  public String reason = "";
}
