package io.drey.engine.event;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import org.jspecify.annotations.Nullable;

/** What reads and writes of files have in common. */
public abstract class DeviceTransfer extends Event {
  @Label("Path")
  public String path = "";

  @Label("Offset")
  @DataAmount
  public long offset;

  @Label("Bytes")
  @Description("Transferred")
  @DataAmount
  public long bytes;

  @Label("Direct")
  @Description("Past the page cache")
  public boolean direct;

  @Label("Failure")
  public @Nullable String failure;

  DeviceTransfer() {}
}
