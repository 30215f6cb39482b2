package io.drey.engine.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Throttle;

/** A walk met a change of another thread and began anew. */
@Name("io.drey.LatchRestart")
@Label("Latch Restart")
@Description("A walk met a change of another thread and began anew")
@Category({"Drey", "Latch"})
@StackTrace(false)
@Throttle("100/s")
public final class LatchRestart extends StoreEvent {
  @Label("Blob")
  @Description("Where the walk met the change")
  @BlobNumber
  public long blob;

  @Label("Reason")
  @Description("Changed = since it was looked at, Held = it is being changed, Gone")
  public String reason = "";

  @Label("Restarts")
  @Description("Of this blob so far, those that the throttle left out included")
  public int restarts;
}
