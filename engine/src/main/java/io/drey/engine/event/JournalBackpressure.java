package io.drey.engine.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A writer waited for checkpoints to shorten the journal. */
@Name("io.drey.JournalBackpressure")
@Label("Journal Back-Pressure")
@Description("A writer waited for checkpoints to shorten the journal")
@Category({"Drey", "Wait"})
@StackTrace(true)
public final class JournalBackpressure extends StoreEvent {
  @Label("Journal Bytes")
  @Description("From the last round on, when the wait began")
  @DataAmount
  public long journalBytes;

  @Label("Limit")
  @DataAmount
  public long limit;

  @Label("Failure")
  @Description("The failure of the round that was waited for")
  public @Nullable String failure;
}
