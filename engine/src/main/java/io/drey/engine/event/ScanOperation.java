package io.drey.engine.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** One section of a scan. */
@Name("io.drey.ScanOperation")
@Label("Scan Section")
@Description("One section of a scan")
@Category({"Drey", "Operation"})
@StackTrace(false)
@Enabled(false)
public final class ScanOperation extends StoreEvent {
  @Label("Entries")
  public int entries;

  @Label("Bytes")
  @Description("Of keys and values")
  @DataAmount
  public long bytes;

  @Label("Reverse")
  public boolean reverse;
}
