package io.drey.engine.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/**
 * A store was opened, or its opening failed. From the call of the user to the open store, recovery
 * included.
 */
@Name("io.drey.StoreOpen")
@Label("Store Opening")
@Description("A store was opened, or its opening failed")
@Category({"Drey", "Store"})
@StackTrace(false)
public final class StoreOpen extends StoreEvent {
  @Label("Directory")
  @Description("Empty for a store in memory or over a blob store")
  public String directory = "";

  @Label("Storage")
  public String storage = "";

  @Label("Access")
  public String access = "";

  @Label("Durability")
  public String durability = "";

  @Label("Pool Limit")
  @Description("What the pool may take of memory")
  @DataAmount
  public long poolLimit;

  @Label("Replayed Records")
  public long records;

  @Label("Journal Tail")
  @Description("How the journal ended that was replayed")
  public String tail = "";

  @Label("Failure")
  @Description("Why the store could not be opened")
  public @Nullable String failure;
}
