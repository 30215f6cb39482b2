package io.drey.engine.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/**
 * A file, a range of a mapping or a directory was forced. The JDK has no event for the force of a
 * mapping.
 */
@Name("io.drey.DeviceForce")
@Label("Device Force")
@Description("A file, a range of a mapping or a directory was forced")
@Category({"Drey", "Device"})
@StackTrace(false)
public final class DeviceForce extends Event {
  @Label("Path")
  public String path = "";

  @Label("Kind")
  @Description("File, Mapping or Directory")
  public String kind = "";

  @Label("Offset")
  @DataAmount
  public long offset;

  @Label("Bytes")
  @Description("Of the range; 0 = all of it")
  @DataAmount
  public long bytes;

  @Label("Failure")
  public @Nullable String failure;
}
