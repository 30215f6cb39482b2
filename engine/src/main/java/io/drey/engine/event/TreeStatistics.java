package io.drey.engine.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Percentage;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;

/**
 * The shape of the tree. From what is known of blobs in memory and of those that were; none is read
 * for it.
 */
@Name("io.drey.TreeStatistics")
@Label("Tree Statistics")
@Description("The shape of the tree")
@Category({"Drey", "Statistics"})
@StackTrace(false)
@Period("5 s")
public final class TreeStatistics extends StoreEvent {
  @Label("Blobs")
  public int blobs;

  @Label("Records")
  public long records;

  @Label("Used")
  @Description("In the blobs")
  @DataAmount
  public long used;

  @Label("Gaps")
  @Description("What compaction would gain")
  @DataAmount
  public long gaps;

  @Label("Fill")
  @Description("Used share of the blobs")
  @Percentage
  public float fill;

  @Label("Edges")
  @Description("Between blobs")
  public long edges;

  @Label("Splits")
  @Description("Since opening")
  public long splits;

  @Label("Merges")
  @Description("Since opening")
  public long merges;
}
