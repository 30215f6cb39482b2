package io.drey.journal;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A force of the journal, for all commits that waited for it. */
@Name("io.drey.JournalForce")
@Label("Journal Force")
@Description("A force of the journal, for all commits that waited for it")
@Category({"Drey", "Journal"})
@StackTrace(false)
final class JournalForce extends JournalEvent {
  @Label("Bytes")
  @Description("Forced")
  @DataAmount
  long bytes;

  @Label("Segments")
  @Description("Forced")
  int segments;

  @Label("Commits")
  @Description("The group: the commit that led the force, and those that were woken after it")
  int commits;

  @Label("Queue Time")
  @Description("From the arrival of the commit that led to the beginning of the force")
  @Timespan(Timespan.NANOSECONDS)
  long queueTime;

  @Label("Failure")
  @Nullable String failure;
}
