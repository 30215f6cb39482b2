package io.drey.engine.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A changed image was written before its turn, to leave memory. */
@Name("io.drey.FrameSpill")
@Label("Frame Spill")
@Description("A changed image was written before its turn, to leave memory")
@Category({"Drey", "Frame"})
@StackTrace(false)
public final class FrameSpill extends StoreEvent {
  @Label("Blob")
  @BlobNumber
  public long blob;

  @Label("Bytes")
  @DataAmount
  public long bytes;

  @Label("Failure")
  public @Nullable String failure;
}
