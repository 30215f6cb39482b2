package io.drey.engine.event;

import io.drey.CorruptionException;
import io.drey.Violation;
import java.util.Objects;
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

  /** Tells of damage that a call of the store's user ends with. */
  public static void tell(long store, CorruptionException damage) {
    Damage event = new Damage();
    if (event.shouldCommit()) {
      Violation violation = damage.violation();
      event.store = store;
      event.check = violation.check().toString();
      event.file = Objects.toString(violation.file(), null);
      event.offset = violation.offset();
      event.blob = violation.blob();
      event.detail = violation.detail();
      event.commit();
    }
  }
}
