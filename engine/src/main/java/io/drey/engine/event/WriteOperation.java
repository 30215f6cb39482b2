package io.drey.engine.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A change. */
@Name("io.drey.WriteOperation")
@Label("Write")
@Description("A change")
@Category({"Drey", "Operation"})
@StackTrace(false)
@Enabled(false)
public final class WriteOperation extends StoreEvent {
  @Label("Operation")
  public String operation = "";

  @Label("Record Bytes")
  @Description("The body of its record in the journal")
  @DataAmount
  public int recordBytes;

  @Label("Applied")
  @Description("False = refused, or nothing to do")
  public boolean applied;

  @Label("Changes")
  @Description("Sequence numbers it took")
  public int changes;
}
