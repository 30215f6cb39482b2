package io.drey.engine.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** Images in the tail of the data file moved, and the file was cut. */
@Name("io.drey.FileTrim")
@Label("File Trim")
@Description("Images in the tail of the data file moved, and the file was cut")
@Category({"Drey", "Maintenance"})
@StackTrace(false)
public final class FileTrim extends StoreEvent {
  @Label("Moved Images")
  public int moved;

  @Label("Before")
  @Description("Length of the file")
  @DataAmount
  public long before;

  @Label("After")
  @Description("Length of the file")
  @DataAmount
  public long after;
}
