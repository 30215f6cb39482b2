package io.drey.engine.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/** Bytes were written to a file. */
@Name("io.drey.DeviceWrite")
@Label("Device Write")
@Description("Bytes were written to a file")
@Category({"Drey", "Device"})
@StackTrace(false)
@Threshold("1 ms")
public final class DeviceWrite extends Event {
  @Label("Path")
  public String path = "";

  @Label("Offset")
  @DataAmount
  public long offset;

  @Label("Bytes")
  @DataAmount
  public long bytes;

  @Label("Direct")
  @Description("Past the page cache")
  public boolean direct;

  @Label("Failure")
  public @Nullable String failure;
}
