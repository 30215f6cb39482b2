package io.drey.engine.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** What the data file holds. */
@Name("io.drey.SpaceStatistics")
@Label("Space Statistics")
@Description("What the data file holds")
@Category({"Drey", "Statistics"})
@StackTrace(false)
@Period("5 s")
public final class SpaceStatistics extends StoreEvent {
  @Label("Live")
  @Description("Slots that a commit names or an image not yet committed has")
  @DataAmount
  public long live;

  @Label("Free")
  @DataAmount
  public long free;

  @Label("Quarantined")
  @Description("Free once a commit has been forced")
  @DataAmount
  public long quarantined;

  @Label("Snapshots")
  @Description("Open")
  public int snapshots;

  @Label("Snapshot Images")
  @Description("Kept for snapshots alone")
  public int snapshotImages;

  @Label("Oldest Snapshot")
  @Description("Its age; 0 = none is open")
  @Timespan(Timespan.NANOSECONDS)
  public long oldestSnapshot;
}
