package io.drey.engine.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** A thread waited for the gate, or to end an epoch: nothing else is waited for. */
@Name("io.drey.LatchWait")
@Label("Latch Wait")
@Description("A thread waited for the gate, or to end an epoch: nothing else is waited for")
@Category({"Drey", "Latch"})
@StackTrace(false)
@Threshold("1 ms")
public final class LatchWait extends StoreEvent {
  @Label("Mode")
  @Description("Shared or Alone; or Epoch, for changes that had joined the one that ends")
  public String mode = "";
}
