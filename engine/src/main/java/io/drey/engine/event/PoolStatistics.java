package io.drey.engine.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Percentage;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;

/** What the pool holds and does. */
@Name("io.drey.PoolStatistics")
@Label("Pool Statistics")
@Description("What the pool holds and does")
@Category({"Drey", "Statistics"})
@StackTrace(false)
@Period("1 s")
public final class PoolStatistics extends StoreEvent {
  @Label("Bytes")
  @Description("Allocated")
  @DataAmount
  public long bytes;

  @Label("Limit")
  @DataAmount
  public long limit;

  @Label("Frames")
  @Description("Places for images")
  public int frames;

  @Label("Free Frames")
  public int free;

  @Label("Dirty Frames")
  public int dirty;

  @Label("Lookups")
  @Description("Point reads since opening")
  public long lookups;

  @Label("Loads")
  @Description("Images read since opening")
  public long loads;

  @Label("Evictions")
  @Description("Since opening")
  public long evictions;

  @Label("Spills")
  @Description("Since opening")
  public long spills;

  @Label("Page Reads")
  @Description("Single pages read since opening")
  public long pageReads;

  @Label("Page Hits")
  @Description("Single pages found in memory since opening")
  public long pageHits;

  @Label("Miss Share")
  @Description("Loads and page reads to point reads, since the last of these events")
  @Percentage
  public float missShare;

  @Label("Restarts")
  @Description("Reads begun anew since opening")
  public long restarts;

  @Label("Conflicts")
  @Description("Changes begun anew since opening")
  public long conflicts;
}
