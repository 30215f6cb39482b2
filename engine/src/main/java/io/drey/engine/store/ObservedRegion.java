package io.drey.engine.store;

import io.drey.engine.event.DeviceForce;
import io.drey.vfs.MappedRegion;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** A mapped region of an {@link ObservedFile}. */
final class ObservedRegion implements MappedRegion {
  private final MappedRegion region;
  private final Path path;
  private final long position;

  ObservedRegion(MappedRegion region, Path path, long position) {
    this.region = region;
    this.path = path;
    this.position = position;
  }

  @Override
  public MemorySegment segment() {
    return region.segment();
  }

  @Override
  public void dirty(long from, long to) {
    region.dirty(from, to);
  }

  @Override
  public void force(long from, long to) throws IOException {
    DeviceForce event = new DeviceForce();
    event.begin();
    Throwable failure = null;
    try {
      region.force(from, to);
    } catch (IOException | RuntimeException | Error e) {
      failure = e;
      throw e;
    } finally {
      DeviceEvents.forced(event, path, "Mapping", position + from, to - from, failure);
    }
  }

  @Override
  public void close() {
    region.close();
  }
}
