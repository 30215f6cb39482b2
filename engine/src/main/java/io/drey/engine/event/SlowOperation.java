package io.drey.engine.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import jdk.jfr.Timespan;

/**
 * A call took long, and why. Begins with the first step that may take long: a call that only reads
 * and writes memory is not timed, unless it is a batch of a hundred steps and more. Thus it costs
 * such a call nothing.
 */
@Name("io.drey.SlowOperation")
@Label("Slow Operation")
@Description("A call took long, and why")
@Category({"Drey", "Slow Operation"})
@StackTrace(true)
@Threshold("10 ms")
public final class SlowOperation extends StoreEvent {
  @Label("Operation")
  public String operation = "";

  @Label("Dominant")
  @Description("The step that took most")
  public String dominant = "";

  @Label("Back-Pressure")
  @Description("Waiting for checkpoints to shorten the journal")
  @Timespan(Timespan.NANOSECONDS)
  public long pace;

  @Label("Journal")
  @Description("Making room in the journal")
  @Timespan(Timespan.NANOSECONDS)
  public long journal;

  @Label("Memory")
  @Description("Making room in the pool")
  @Timespan(Timespan.NANOSECONDS)
  public long memory;

  @Label("Load")
  @Description("Reading images or pages")
  @Timespan(Timespan.NANOSECONDS)
  public long load;

  @Label("Gate")
  @Description("Waiting for the gate")
  @Timespan(Timespan.NANOSECONDS)
  public long gate;

  @Label("Conflicts")
  @Description("Beginning anew after meeting others")
  @Timespan(Timespan.NANOSECONDS)
  public long conflicts;

  @Label("Acknowledge")
  @Description("Waiting for the journal to be complete or forced")
  @Timespan(Timespan.NANOSECONDS)
  public long acknowledge;

  @Label("Other")
  @Description("Work in memory, and time without a processor")
  @Timespan(Timespan.NANOSECONDS)
  public long other;
}
