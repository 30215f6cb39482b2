package io.drey.journal;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** A writer waited for the journal. */
@Name("io.drey.JournalWait")
@Label("Journal Wait")
@Description("A writer waited for the journal")
@Category({"Drey", "Wait"})
@StackTrace(false)
@Threshold("1 ms")
final class JournalWait extends JournalEvent {
  @Label("Reason")
  @Description(
      "Segment = for the next one to be made, Order = for earlier records to be complete, Force ="
          + " to be on stable storage, Window = for fewer records in flight")
  String reason = "";

  /** Ends it, and commits it where a recording wants it. */
  void tell(long storeNumber, String why) {
    end();
    if (shouldCommit()) {
      store = storeNumber;
      reason = why;
      commit();
    }
  }
}
