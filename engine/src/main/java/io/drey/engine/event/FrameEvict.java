package io.drey.engine.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Throttle;

/** An image left memory. */
@Name("io.drey.FrameEvict")
@Label("Frame Eviction")
@Description("An image left memory")
@Category({"Drey", "Frame"})
@StackTrace(false)
@Throttle("100/s")
public final class FrameEvict extends StoreEvent {
  @Label("Blob")
  @BlobNumber
  public long blob;

  @Label("Spilled")
  @Description("Whether it had to be written for that")
  public boolean spilled;

  @Label("Old")
  @Description("Whether only snapshots need it")
  public boolean old;
}
