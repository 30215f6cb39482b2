package io.drey.engine.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A snapshot was given up without being closed. */
@Name("io.drey.Leak")
@Label("Leak")
@Description("A snapshot was given up without being closed")
@Category({"Drey", "Snapshot"})
@StackTrace(false)
public final class Leak extends StoreEvent {
  @Label("Seq")
  @Description("The last change it shows")
  public long seq;

  @Label("Age")
  @Timespan(Timespan.NANOSECONDS)
  public long age;

  @Label("Origin")
  @Description("The stack that opened it")
  public String origin = "";
}
