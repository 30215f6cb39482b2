package io.drey.engine.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/**
 * Something did not read back as it was written. What a {@link io.drey.CorruptionException} says.
 */
@Name("io.drey.Damage")
@Label("Damage")
@Description("Something did not read back as it was written")
@Category({"Drey", "Store"})
@StackTrace(true)
public final class Damage extends StoreEvent {
  @Label("Check")
  @Description("The invariant that does not hold")
  public String check = "";

  @Label("File")
  public @Nullable String file;

  @Label("Offset")
  @Description("Negative where there is none")
  @DataAmount
  public long offset;

  @Label("Blob")
  @Description("Negative where there is none")
  @BlobNumber
  public long blob;

  @Label("Detail")
  public String detail = "";
}
