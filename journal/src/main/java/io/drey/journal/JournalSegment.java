package io.drey.journal;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A segment was made ready. */
@Name("io.drey.JournalSegment")
@Label("Journal Segment")
@Description("A segment was made ready")
@Category({"Drey", "Journal"})
@StackTrace(false)
final class JournalSegment extends JournalEvent {
  @Label("Segment")
  long segment;

  @Label("Bytes")
  @DataAmount
  long bytes;

  @Label("Recycled")
  @Description("Whether an old file is used again")
  boolean recycled;

  @Label("Failure")
  @Nullable String failure;
}
