package io.drey.engine.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A store was closed. From the call of the user to the end. */
@Name("io.drey.StoreClose")
@Label("Store Closing")
@Description("A store was closed")
@Category({"Drey", "Store"})
@StackTrace(false)
public final class StoreClose extends StoreEvent {
  @Label("Directory")
  public String directory = "";

  @Label("Failure")
  @Description("What was not written down")
  public @Nullable String failure;
}
