package io.drey.journal;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** The journal went on in its next segment. */
@Name("io.drey.JournalSwitch")
@Label("Journal Switch")
@Description("The journal went on in its next segment")
@Category({"Drey", "Journal"})
@StackTrace(false)
final class JournalSwitch extends JournalEvent {
  @Label("Segment")
  @Description("The number of the one that begins")
  long segment;

  @Label("Bytes")
  @Description("Used of the one that ends")
  @DataAmount
  long bytes;

  @Label("Reason")
  @Description("Full or Checkpoint")
  String reason = "";
}
