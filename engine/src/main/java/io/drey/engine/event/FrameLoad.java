package io.drey.engine.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** An image was read into memory. */
@Name("io.drey.FrameLoad")
@Label("Frame Load")
@Description("An image was read into memory")
@Category({"Drey", "Frame"})
@StackTrace(false)
public final class FrameLoad extends StoreEvent {
  @Label("Blob")
  @BlobNumber
  public long blob;

  @Label("Bytes")
  @DataAmount
  public long bytes;

  @Label("Failure")
  public @Nullable String failure;
}
