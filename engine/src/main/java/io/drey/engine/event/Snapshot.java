package io.drey.engine.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A snapshot, from its opening to its close. */
@Name("io.drey.Snapshot")
@Label("Snapshot")
@Description("A snapshot, from its opening to its close")
@Category({"Drey", "Snapshot"})
@StackTrace(false)
public final class Snapshot extends StoreEvent {
  @Label("Seq")
  @Description("The last change it shows")
  public long seq;

  @Label("Images")
  @Description("Kept for snapshots alone when it was closed")
  public int images;
}
