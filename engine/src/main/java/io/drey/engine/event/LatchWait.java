package io.drey.engine.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** A thread waited for the gate, the one latch that is waited for. */
@Name("io.drey.LatchWait")
@Label("Latch Wait")
@Description("A thread waited for the gate, the one latch that is waited for")
@Category({"Drey", "Latch"})
@StackTrace(false)
@Threshold("1 ms")
public final class LatchWait extends StoreEvent {
  @Label("Mode")
  @Description("Shared or Alone")
  public String mode = "";
}
