package io.drey.engine.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** One step of the opening of a store. Steps do not overlap; they lie in the thread that opens. */
@Name("io.drey.RecoveryPhase")
@Label("Recovery Phase")
@Description("One step of the opening of a store")
@Category({"Drey", "Recovery"})
@StackTrace(false)
public final class RecoveryPhase extends StoreEvent {
  @Label("Phase")
  @Description("Lock, Manifest, Scan, Data, Replay or Begin Life")
  public String phase = "";

  @Label("Records")
  public long records;
}
