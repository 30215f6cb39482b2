package io.drey.engine.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A call of compact. */
@Name("io.drey.Compaction")
@Label("Compaction")
@Description("A call of compact")
@Category({"Drey", "Maintenance"})
@StackTrace(false)
public final class Compaction extends StoreEvent {
  @Label("Compacted Blobs")
  public int compacted;

  @Label("Merged Blobs")
  public int merged;
}
