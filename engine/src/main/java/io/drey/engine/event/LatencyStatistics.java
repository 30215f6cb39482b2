package io.drey.engine.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/**
 * How long calls of one kind took since the last of these events. Of a sample of the calls: timing
 * each would cost more than many of them take.
 */
@Name("io.drey.LatencyStatistics")
@Label("Latency Statistics")
@Description("How long calls of one kind took since the last of these events")
@Category({"Drey", "Statistics"})
@StackTrace(false)
@Period("1 s")
public final class LatencyStatistics extends StoreEvent {
  @Label("Operation")
  public String operation = "";

  @Label("Timed Calls")
  public long calls;

  @Label("Sample")
  @Description("One call in so many is timed")
  public int sample;

  @Label("Median")
  @Timespan(Timespan.NANOSECONDS)
  public long p50;

  @Label("90th Percentile")
  @Timespan(Timespan.NANOSECONDS)
  public long p90;

  @Label("99th Percentile")
  @Timespan(Timespan.NANOSECONDS)
  public long p99;

  @Label("99.9th Percentile")
  @Timespan(Timespan.NANOSECONDS)
  public long p999;

  @Label("Maximum")
  @Timespan(Timespan.NANOSECONDS)
  public long max;

  @Label("Histogram")
  @Description("Upper bound in nanoseconds and count, as 1023:7, separated by blanks, ascending")
  public String histogram = "";
}
