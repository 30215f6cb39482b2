package io.drey.engine.store;

import io.drey.engine.event.DeviceForce;
import io.drey.engine.event.DeviceRead;
import io.drey.engine.event.DeviceWrite;
import io.drey.vfs.Caching;
import io.drey.vfs.MappedRegion;
import io.drey.vfs.StorageFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** A file of an {@link ObservedVfs}. */
final class ObservedFile implements StorageFile {
  private final StorageFile file;
  private final boolean direct;

  ObservedFile(StorageFile file) {
    this.file = file;
    this.direct = file.caching() == Caching.DIRECT;
  }

  @Override
  public Path path() {
    return file.path();
  }

  @Override
  public Caching caching() {
    return file.caching();
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  public int read(long position, MemorySegment target) throws IOException {
    DeviceRead event = new DeviceRead();
    event.begin();
    int got = 0;
    Throwable failure = null;
    try {
      got = file.read(position, target);
      return got;
    } catch (IOException | RuntimeException | Error e) {
      failure = e;
      throw e;
    } finally {
      DeviceEvents.transferred(event, file.path(), position, got, direct, failure);
    }
  }

  @Override
  public void write(long position, MemorySegment source) throws IOException {
    DeviceWrite event = new DeviceWrite();
    event.begin();
    Throwable failure = null;
    try {
      file.write(position, source);
    } catch (IOException | RuntimeException | Error e) {
      failure = e;
      throw e;
    } finally {
      DeviceEvents.transferred(event, file.path(), position, source.byteSize(), direct, failure);
    }
  }

  @Override
  public void writeZeros(long position, long bytes) throws IOException {
    DeviceWrite event = new DeviceWrite();
    event.begin();
    Throwable failure = null;
    try {
      file.writeZeros(position, bytes);
    } catch (IOException | RuntimeException | Error e) {
      failure = e;
      throw e;
    } finally {
      DeviceEvents.transferred(event, file.path(), position, bytes, direct, failure);
    }
  }

  @Override
  public void truncate(long bytes) throws IOException {
    file.truncate(bytes);
  }

  @Override
  public void force() throws IOException {
    DeviceForce event = new DeviceForce();
    event.begin();
    Throwable failure = null;
    try {
      file.force();
    } catch (IOException | RuntimeException | Error e) {
      failure = e;
      throw e;
    } finally {
      DeviceEvents.forced(event, file.path(), "File", 0, 0, failure);
    }
  }

  @Override
  public MappedRegion map(long position, long bytes) throws IOException {
    return new ObservedRegion(file.map(position, bytes), file.path(), position);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
