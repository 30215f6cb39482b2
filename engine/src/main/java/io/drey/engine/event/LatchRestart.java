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
  @Description("Where the walk met it; negative where it is not known")
  @BlobNumber
  public long blob;

  @Label("Reason")
  @Description("Changed, Held, Moved or Gone")
  public String reason = "";

  @Label("Operation")
  public String operation = "";

  @Label("Restarts")
  @Description("In a row, this one included")
  public int restarts;
}
