package io.drey.engine.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A store takes no more changes until it is opened again. A final failure, told once a store. */
@Name("io.drey.StoreFailed")
@Label("Store Failed")
@Description("A store takes no more changes until it is opened again")
@Category({"Drey", "Store"})
@StackTrace(true)
public final class StoreFailed extends StoreEvent {
  @Label("Cause")
  public String cause = "";
}
