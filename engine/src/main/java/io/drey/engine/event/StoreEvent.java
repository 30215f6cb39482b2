package io.drey.engine.event;

import io.drey.journal.StoreNumber;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;

/** What all events of one store have in common. */
abstract class StoreEvent extends Event {
  @Label("Store")
  @Description("The number of the open store in this process; see Store Opening")
  @StoreNumber
  public long store;
}
