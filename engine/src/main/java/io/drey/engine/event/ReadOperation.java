package io.drey.engine.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A read of one key. */
@Name("io.drey.ReadOperation")
@Label("Read")
@Description("A read of one key")
@Category({"Drey", "Operation"})
@StackTrace(false)
@Enabled(false)
public final class ReadOperation extends StoreEvent {
  @Label("Operation")
  public String operation = "";

  @Label("Key Bytes")
  @DataAmount
  public int keyBytes;

  @Label("Value Bytes")
  @DataAmount
  public int valueBytes;

  @Label("Found")
  public boolean found;
}
