package io.drey.engine.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Frequency;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;

/** How the journal grows. */
@Name("io.drey.JournalStatistics")
@Label("Journal Statistics")
@Description("How the journal grows")
@Category({"Drey", "Statistics"})
@StackTrace(false)
@Period("1 s")
public final class JournalStatistics extends StoreEvent {
  @Label("Appended")
  @Description("Since opening")
  @DataAmount
  public long appended;

  @Label("Append Rate")
  @Description("Bytes a second since the last of these events")
  @DataAmount
  @Frequency
  public long rate;

  @Label("Since Checkpoint")
  @Description("Records behind the last round")
  @DataAmount
  public long sinceCheckpoint;

  @Label("Limit")
  @Description("Where writers begin to wait; 0 = nowhere")
  @DataAmount
  public long limit;

  @Label("Forces")
  @Description("Since opening")
  public long forces;

  @Label("Seq")
  @Description("The last sequence number that was given out")
  public long seq;
}
