package io.drey.journal;

import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;

/** What all events of one journal have in common. */
abstract class JournalEvent extends Event {
  @Label("Store")
  @Description("The number of the open store in this process; see Store Opening")
  @StoreNumber
  long store;
}
